import { describeFormats } from '../../codecs/list';
import { checkExport, writeImage } from '../../codecs/write';
import type { Device, DeviceChoice } from '../../contract/devices';
import type { ExportReport, JobProgress } from '../../contract/engine';
import { SidelightError } from '../../contract/errors';
import type { ExportSettings } from '../../contract/recipe';
import { filterById } from '../../filters/list';
import type { Engine } from '../engine';
import { type CheckedDocument, networkSeconds } from '../evaluate/document';
import { Meter } from '../evaluate/meter';
import { resultLike } from '../evaluate/resultLike';
import { peakBytes } from './peakBytes';

export interface ExportRequest {
  readonly jobId: string;
  readonly document: CheckedDocument;
  readonly path: string;
  readonly settings: ExportSettings;
  readonly device: DeviceChoice;
  /** Files that must not be written over. */
  readonly inputs: readonly string[];
  readonly signal: AbortSignal;
  readonly onProgress: (progress: JobProgress) => void;
}

/** Share of a job that is filtering; the rest is writing. */
const filteringShare = 0.95;

/**
 * Computes the whole result and writes it. What the user looks at goes first between tiles. A run that was stopped has
 * written nothing.
 * @throws SidelightError what evaluating and writing throw; cancelled
 */
export async function exportResult(engine: Engine, request: ExportRequest): Promise<ExportReport> {
  const { document, signal, settings } = request;
  const start = performance.now();
  const progress = progressOf(request);
  progress('queued', 0);
  await checkExport(request.path, settings, request.inputs);
  if (resultLike(document, filterById, engine.resources).values === 'classes') refuseLossy(settings.format);
  await tryDevicesFor(engine, request);
  const meter = new Meter((share) => progress('filtering', filteringShare * share));
  const run = await engine.startRun(request.device, signal, 'export', meter);
  const whole = engine.evaluator.whole(document);
  whole.expect(run);
  for (const tile of whole.tiles) {
    await engine.queue.run('export', () => whole.compute(tile, run), signal);
    signal.throwIfAborted();
    engine.reportMemory();
    // A tile that was there already is not counted, but is a sign of life all the same.
    meter.within(0);
  }
  const raster = whole.finish();
  signal.throwIfAborted();
  progress('writing', filteringShare);
  const written = await writeImage(request.path, raster, settings, request.inputs);
  progress('writing', 1);
  const models = [...new Set(run.models)];
  const { titles, entirely } = engine.believed.leftToProcessor(run.device, models);
  return {
    path: written.path,
    bytes: written.bytes,
    size: document.size,
    format: settings.format,
    sampleType: settings.sampleType,
    clampedPixels: written.clampedPixels,
    unknownPixels: raster.unknown?.reduce((count, pixel) => count + pixel, 0) ?? 0,
    device: entirely ? 'cpu' : run.device,
    models,
    milliseconds: performance.now() - start,
    peakBytes: peakBytes(),
    notices: [...written.notices, ...titles.map((title) => computedElsewhere(title, run.device))],
  };
}

const computedElsewhere = (title: string, device: Device) =>
  `The model “${title}” was computed by the processor, in part at least: “${device}” computes it wrongly.`;

/** Labels have to come back exactly as they were written. */
function refuseLossy(formatId: string): void {
  const format = describeFormats().find(({ id }) => id === formatId);
  if (!format?.lossy) return;
  throw new SidelightError(
    'format-unsupported',
    `${format.title} changes values a little, and those of a class map are labels.`,
    'Choose PNG, TIFF or NPY.',
    { format: formatId },
  );
}

/** Work that takes longer than this is worth the second or two that trying a GPU takes. */
const worthTryingSeconds = 5;

async function tryDevicesFor(
  { devices, resources }: Engine,
  { device, document }: ExportRequest,
): Promise<void> {
  if (device !== 'auto') return;
  const seconds = networkSeconds(document, filterById, resources);
  if (seconds > worthTryingSeconds) await devices.probeAll();
}

function progressOf({ jobId, onProgress }: ExportRequest) {
  const start = performance.now();
  return (phase: JobProgress['phase'], done: number): void => {
    const elapsed = performance.now() - start;
    const remainingMilliseconds = phase === 'queued' ? null : (elapsed * (1 - done)) / done;
    onProgress({ jobId, phase, done, remainingMilliseconds });
  };
}
