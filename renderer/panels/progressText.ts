import type { JobProgress } from '../../electron/contract/engine';

const phases: Readonly<Record<JobProgress['phase'], string>> = {
  queued: 'Waiting to export',
  reading: 'Export: reading',
  filtering: 'Export: filtering',
  writing: 'Export: writing',
};

/** What an export is doing, in a few words. */
export function progressText(progress: JobProgress | null): string {
  if (!progress) return 'Export: starting';
  const share = progress.phase === 'filtering' ? ` ${Math.round(progress.done * 100)} %` : '';
  return `${phases[progress.phase]}${share}`;
}
