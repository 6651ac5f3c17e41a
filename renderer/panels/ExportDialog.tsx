import { useEffect } from 'react';
import type { ExportReport } from '../../electron/contract/engine';
import type { ErrorData } from '../../electron/contract/errors';
import { useDocument } from '../document/documentStore';
import {
  cancelExport,
  type ExportRun,
  exportSettings,
  forgetExport,
  useExporting,
} from '../document/exporting';
import { closeDialog } from '../document/viewStore';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Notice } from '../ui/Notice';
import { formatBytes, formatCount, formatDuration } from '../ui/numberText';
import { Progress } from '../ui/Progress';
import styles from './ExportDialog.module.css';
import { ExportForm } from './ExportForm';
import { progressText } from './progressText';

/** Writing the result: what and where, how far it is, and what became of it. */
export function ExportDialog() {
  const run = useExporting((state) => state.run);
  const settings = exportSettings(useDocument());
  // What an earlier export said is not what this one is about to do.
  useEffect(() => {
    forgetExport();
  }, []);
  return (
    <Dialog
      title={run?.state === 'done' ? 'Exported' : 'Export the result'}
      onClose={closeDialog}
      width={520}
    >
      {run?.state === 'running' && <Running run={run} />}
      {run?.state === 'done' && <Done report={run.report} />}
      {settings && (run === null || run.state === 'failed') && (
        <ExportForm settings={settings} failure={failureOf(run)} />
      )}
    </Dialog>
  );
}

const failureOf = (run: ExportRun | null): ErrorData | null => (run?.state === 'failed' ? run.error : null);

function Running({ run }: { run: Extract<ExportRun, { state: 'running' }> }) {
  const remaining = run.progress?.remainingMilliseconds;
  return (
    <div className={styles.body}>
      <p className={styles.path}>{run.path}</p>
      <Progress label="Export" done={run.progress?.done || null} />
      <div className={styles.progress}>
        <span role="status">{run.cancelling ? 'Stopping after this tile…' : progressText(run.progress)}</span>
        <span>{remaining != null && `${formatDuration(remaining)} left`}</span>
      </div>
      <footer className={styles.footer}>
        <span className={styles.hint}>
          You can close this and go on working; the status bar shows how far it is.
        </span>
        <Button onClick={() => void cancelExport()}>{run.cancelling ? 'Stop at once' : 'Cancel'}</Button>
      </footer>
    </div>
  );
}

function Done({ report }: { report: ExportReport }) {
  const facts: readonly (readonly [string, string])[] = [
    ['Size', `${report.size.width} × ${report.size.height} px, ${formatBytes(report.bytes)}`],
    ['Took', `${formatDuration(report.milliseconds)} on ${report.device.toUpperCase()}`],
    ...(report.models.length > 0 ? [['Network', report.models.join(', ')] as const] : []),
    [
      'Clamped',
      report.clampedPixels === 0 ? 'none' : `${formatCount(report.clampedPixels)} px outside the range`,
    ],
    [
      'Unknown',
      report.unknownPixels === 0 ? 'none' : `${formatCount(report.unknownPixels)} px without a value`,
    ],
  ];
  return (
    <div className={styles.body}>
      <p className={styles.path} data-testid="exported-path">
        {report.path}
      </p>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {report.clampedPixels > 0 && (
        <Notice kind="caution" title="Some values did not fit the range of the file and were clamped.">
          Export again with a wider range, or as floats, to keep them.
        </Notice>
      )}
      {report.notices.map((notice) => (
        <Notice key={notice} kind="info" title={notice} />
      ))}
      <footer className={styles.footer}>
        <Button onClick={forgetExport}>Export again…</Button>
        <Button kind="primary" onClick={closeDialog}>
          Done
        </Button>
      </footer>
    </div>
  );
}
