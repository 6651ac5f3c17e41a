import { useShallow } from 'zustand/shallow';
import {
  chooseDevice,
  dismissProblem,
  dismissRecovery,
  startEngineAgain,
  useEngine,
} from '../bridge/engineStore';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { Problem } from './Problem';
import { useSaidByNotice } from './useSaidByNotice';

const backToFastest = () => {
  dismissRecovery();
  void chooseDevice('auto');
};

/** What happened to the engine, and what became of the work it had. */
export function EngineNotices() {
  const { problem, connection } = useEngine(
    useShallow(({ problem, connection }) => ({ problem, connection })),
  );
  const saidByNotice = useSaidByNotice();
  return (
    <>
      {problem && !saidByNotice(problem) && <Problem error={problem} onDismiss={dismissProblem} />}
      {connection === 'recovering' && (
        <Notice kind="caution" title="The engine stopped and is being started again.">
          Your document is kept; the picture stays until it can be drawn anew.
        </Notice>
      )}
      {connection === 'closed' && (
        <Notice
          kind="error"
          title="The engine cannot be started."
          actions={<Button onClick={startEngineAgain}>Start the engine again</Button>}
        >
          Your document is kept in this window. If it happens again, close other programs to free memory.
        </Notice>
      )}
      {connection === 'ready' && <Recovered />}
    </>
  );
}

function Recovered() {
  const recovery = useEngine((state) => state.recovery);
  const onCpu = useEngine(({ devices }) => devices?.choice === 'cpu');
  if (recovery?.reason !== 'crashed') return null;
  return (
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
  );
}
