import { create } from 'zustand';
import type { ExportReport, JobProgress } from '../../electron/contract/engine';
import { type ErrorData, SidelightError } from '../../electron/contract/errors';
import type { ExportSettings } from '../../electron/contract/recipe';
import type { ExportPlace } from '../../electron/contract/shell';
import { defaultExportSettings } from '../../electron/recipe/defaults';
import { links } from '../bridge/engine';
import { useEngine } from '../bridge/engineStore';
import { type DocumentState, sourceOf, useDocument } from './documentStore';
import { resultStored, resultValues } from './result';
import { boundDocument } from './work';

/** One export, from its start to its end. */
export type ExportRun =
  | {
      readonly state: 'running';
      readonly path: string;
      readonly progress: JobProgress | null;
      readonly cancelling: boolean;
    }
  | { readonly state: 'done'; readonly report: ExportReport }
  | { readonly state: 'failed'; readonly error: ErrorData };

interface Exporting {
  readonly run: ExportRun | null;
  readonly jobId: string | null;
}

export const useExporting = create<Exporting>(() => ({ run: null, jobId: null }));

const { getState: get, setState: set } = useExporting;

/** How the result will be written: as the user chose, else as follows from the target. */
export function exportSettings(state: DocumentState): ExportSettings | null {
  const target = sourceOf(state, 'target')?.info;
  const formats = useEngine.getState().description?.formats;
  const png = formats?.find(({ id }) => id === 'png') ?? formats?.find(({ writes }) => writes.length > 0);
  if (state.work.export) return state.work.export;
  return target && png ? defaultExportSettings(resultStored(state, target), png, resultValues(state)) : null;
}

export async function startExport(place: ExportPlace, settings: ExportSettings): Promise<void> {
  const { work, sources } = useDocument.getState();
  const jobId = crypto.randomUUID();
  set({ jobId, run: { state: 'running', path: place.path, progress: null, cancelling: false } });
  const finish = (run: ExportRun | null) => get().jobId === jobId && set({ run, jobId: null });
  try {
    const report = await links().engine.exportResult({
      jobId,
      document: boundDocument(work, sources),
      writeId: place.writeId,
      settings,
      device: useEngine.getState().devices?.choice ?? 'auto',
    });
    finish({ state: 'done', report });
  } catch (thrown) {
    const error = SidelightError.from(thrown);
    finish(error.code === 'cancelled' ? null : { state: 'failed', error: error.toData() });
  }
}

/** Asks the run to end between two tiles; asked a second time, ends the engine under it. */
export async function cancelExport(): Promise<void> {
  const { run, jobId } = get();
  if (run?.state !== 'running' || !jobId) return;
  if (run.cancelling) await links().shell.killEngine();
  else {
    set({ run: { ...run, cancelling: true } });
    await links().engine.cancel({ jobId });
  }
}

export const forgetExport = () => get().run?.state !== 'running' && set({ run: null });

export function followExports(): void {
  links().connection.onEvent('progress', (progress) => {
    const { run, jobId } = get();
    if (run?.state === 'running' && progress.jobId === jobId) set({ run: { ...run, progress } });
  });
  // What was exported is no longer what the window shows once the work changes.
  useDocument.subscribe((state, before) => {
    if (state.work !== before.work && state.work.processing !== before.work.processing) forgetExport();
  });
}
