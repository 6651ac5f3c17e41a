import { X } from 'lucide-react';
import type { Size } from '../../electron/contract/geometry';
import { useEngine } from '../bridge/engineStore';
import { useCanvasStatus } from '../canvas/canvasStatus';
import { useDocument } from '../document/documentStore';
import { cancelExport, useExporting } from '../document/exporting';
import { useView } from '../document/viewStore';
import { IconButton } from '../ui/Button';
import { formatBytes, formatDuration } from '../ui/numberText';
import { Progress } from '../ui/Progress';
import { PreviewActivity } from './PreviewActivity';
import { progressText } from './progressText';
import styles from './StatusBar.module.css';

/** What is going on, and what it takes. */
export function StatusBar() {
  const size = useDocument((state) => state.info?.size);
  const memory = useEngine((state) => state.memory);
  return (
    <footer className={styles.bar}>
      <div className={styles.activity}>
        <Activity />
      </div>
      {size && <span>{sizeText(size)}</span>}
      {memory && <span title="Memory of the engine">{formatBytes(memory.residentBytes)}</span>}
    </footer>
  );
}

function sizeText({ width, height }: Size): string {
  const megapixels = (width * height) / 1e6;
  return `${width} × ${height} px${megapixels < 0.1 ? '' : ` · ${megapixels.toFixed(1)} MP`}`;
}

function Activity() {
  const run = useExporting((state) => state.run);
  const opening = useDocument((state) => state.opening);
  const pending = useCanvasStatus((state) => state.pending);
  const stopped = useView((state) => state.previewStopped);
  const connection = useEngine((state) => state.connection);
  const described = useEngine((state) => state.description !== null);
  if (run?.state === 'running')
    return (
      <>
        <span role="status">{progressText(run.progress)}</span>
        <span className={styles.meter}>
          <Progress label="Export" done={run.progress?.done || null} />
        </span>
        {run.progress?.remainingMilliseconds != null && (
          <span>{formatDuration(run.progress.remainingMilliseconds)} left</span>
        )}
        <IconButton
          icon={X}
          small
          side="top"
          label={run.cancelling ? 'Stop at once' : 'Cancel the export'}
          onClick={() => void cancelExport()}
        />
      </>
    );
  if (opening.length > 0) return <span role="status">Reading {opening.join(' and ')}…</span>;
  if (connection === 'connecting') return <span role="status">Starting the engine…</span>;
  if (connection === 'ready' && !described) return <span role="status">Starting the engine…</span>;
  if (connection === 'recovering') return <span role="status">Starting the engine again…</span>;
  if (connection === 'closed') return <span role="status">The engine is not running</span>;
  if (pending > 0 || stopped) return <PreviewActivity />;
  return <span role="status">Ready</span>;
}
