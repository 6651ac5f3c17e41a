import { useCanvasStatus } from '../canvas/canvasStatus';
import { useDocument } from '../document/documentStore';
import styles from './CanvasNotices.module.css';
import { EngineNotices } from './EngineNotices';
import { Problem } from './Problem';
import { useSaidByNotice } from './useSaidByNotice';

/** What stands in the way of the picture, at the top of the canvas. */
export function CanvasNotices({ onRetry }: { onRetry(): void }) {
  const evaluation = useDocument((state) => state.problem);
  const drawing = useCanvasStatus((state) => state.problem);
  const saidByNotice = useSaidByNotice();
  return (
    <div className={styles.notices}>
      {evaluation && !saidByNotice(evaluation) && <Problem error={evaluation} />}
      {!evaluation && drawing && !saidByNotice(drawing) && (
        <Problem error={drawing} more={[{ title: 'Try again', perform: onRetry }]} />
      )}
      <EngineNotices />
    </div>
  );
}
