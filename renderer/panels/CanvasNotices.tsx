import { useShallow } from 'zustand/shallow';
import { chooseDevice, dismissProblem, dismissRecovery, useEngine } from '../bridge/engineStore';
import { useCanvasStatus } from '../canvas/canvasStatus';
import { useDocument } from '../document/documentStore';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import styles from './CanvasNotices.module.css';
import { Problem } from './Problem';

const backToFastest = () => {
  dismissRecovery();
  void chooseDevice('auto');
};

/** What stands in the way of the picture, and what happened to the engine, at the top of the canvas. */
export function CanvasNotices({ onRetry }: { onRetry(): void }) {
  const evaluation = useDocument((state) => state.problem);
  const drawing = useCanvasStatus((state) => state.problem);
  const { problem, recovery, connection } = useEngine(
    useShallow(({ problem, recovery, connection }) => ({ problem, recovery, connection })),
  );
  const onCpu = useEngine(({ devices }) => devices?.choice === 'cpu');
  return (
    <div className={styles.notices}>
      {evaluation && <Problem error={evaluation} />}
      {!evaluation && drawing && (
        <Problem error={drawing} more={[{ title: 'Try again', perform: onRetry }]} />
      )}
      {problem && <Problem error={problem} onDismiss={dismissProblem} />}
      {connection === 'recovering' && (
        <Notice kind="caution" title="The engine stopped and is being started again.">
          Your document is kept; the picture stays until it can be drawn anew.
        </Notice>
      )}
      {connection === 'ready' && recovery?.reason === 'crashed' && (
        <Notice
          kind="caution"
          title="The engine stopped unexpectedly and was started again."
          onDismiss={dismissRecovery}
          actions={
            recovery.retried && onCpu && <Button onClick={backToFastest}>Use the fastest device again</Button>
          }
        >
          {recovery.retried
            ? 'What was under way was started again, on the CPU. Nothing of your document was lost.'
            : 'Nothing of your document was lost.'}
        </Notice>
      )}
    </div>
  );
}
