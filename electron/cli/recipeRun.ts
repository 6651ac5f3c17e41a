import { randomUUID } from 'node:crypto';
import { checkExport } from '../codecs/write';
import type { DeviceChoice } from '../contract/devices';
import type { DocumentInfo, ExportReport, FormatDescription, JobProgress } from '../contract/engine';
import { SidelightError } from '../contract/errors';
import type { FilterDescription } from '../contract/filters';
import type { Size } from '../contract/geometry';
import type { ExportSettings, Input, Processing, TargetValues } from '../contract/recipe';
import type { ExportPlace } from '../contract/shell';
import type { Role, SourceInfo } from '../contract/sources';
import { processingProblems } from '../recipe/validate';
import type { Context } from './context';
import type { EngineSession } from './engineSession';
import { iterationPath, iterationsBefore, type Until } from './iterations';

/** One result to compute and write. Paths are as the user typed them, or whole. */
export interface RunRequest {
  readonly processing: Processing;
  /** The processing for a guidance of that size; left out where it goes for any. */
  suited?(guidance: Size): Promise<Processing>;
  readonly target: Input;
  readonly guidance: Input | null;
  readonly outputPath: string;
  /** Also write the pictures on the way to the result, beside it. */
  readonly keepIterations: boolean;
  readonly format: FormatDescription;
  readonly device: DeviceChoice;
  /** @param result what the result is like, as a picture with the target's sample type */
  settings(result: SourceInfo, values: TargetValues): ExportSettings;
}

export interface RunOutcome {
  readonly target: SourceInfo;
  readonly guidance: SourceInfo | null;
  readonly document: DocumentInfo;
  readonly settings: ExportSettings;
  readonly export: ExportReport;
  /** The pictures on the way to the result, in order; empty unless they are kept. */
  readonly iterations: readonly ExportReport[];
}

/**
 * Computes a result in the engine and has it written. What can be found out before files are read is found out
 * first.
 */
export async function runRecipe(
  context: Context,
  session: EngineSession,
  filters: readonly FilterDescription[],
  request: RunRequest,
): Promise<RunOutcome> {
  const { engine } = session;
  const inputs = { target: true, guidance: request.guidance !== null };
  const [problem] = processingProblems(request.processing, inputs, filters);
  if (problem) throw problem;
  const target = await openInput(session, 'target', request.target);
  const guidance = request.guidance && (await openInput(session, 'guidance', request.guidance));
  const document = {
    target: target.sourceId,
    guidance: guidance?.sourceId ?? null,
    processing: (guidance && (await request.suited?.(guidance.size))) ?? request.processing,
  };
  const described = await engine.describeDocument({ document });
  const { channels, values } = described;
  const settings = request.settings({ ...target, channels }, values);
  const places = await nameOutputs(session, request, settings);
  for (const source of guidance ? [target, guidance] : [target])
    for (const notice of source.notices) context.output.remark(`${source.name}: ${notice}`);
  for (const notice of described.notices) context.output.remark(notice);
  const reports: ExportReport[] = [];
  for (const { writeId, until } of places) {
    const jobId = randomUUID();
    const job = { jobId, document: { ...document, until }, writeId, settings, device: request.device };
    reports.push(await followJob(context, session, jobId, () => engine.exportResult(job)));
  }
  const iterations = reports.slice(0, -1);
  return { target, guidance, document: described, settings, export: reports.at(-1)!, iterations };
}

type Place = ExportPlace & { readonly until: Until | null };

/**
 * Where everything goes, the result last. All are looked at before the work begins, so that a file that is there already does not
 * leave half of them.
 */
async function nameOutputs(
  session: EngineSession,
  { outputPath, keepIterations, processing, target, guidance }: RunRequest,
  settings: ExportSettings,
): Promise<Place[]> {
  const inputs = [target, ...(guidance ? [guidance] : [])].map(({ path }) => path);
  const kept = keepIterations ? iterationsBefore(processing) : [];
  const wanted = [
    ...kept.map((until) => ({ until, path: iterationPath(outputPath, until.iteration) })),
    { until: null, path: outputPath },
  ];
  const places: Place[] = [];
  for (const { until, path } of wanted) {
    const place = await nameOutput(session, path);
    if (kept.length > 0)
      await checkExport(place.path, settings, inputs).catch((thrown: unknown) => {
        throw withOption(thrown);
      });
    places.push({ ...place, until });
  }
  return places;
}

/** A place one may not write to is an output's problem, whatever one may not do there. */
async function nameOutput({ files }: EngineSession, outputPath: string): Promise<ExportPlace> {
  try {
    return await files.nameExportPlace(outputPath);
  } catch (thrown) {
    const { code, message, remedy, details } = SidelightError.from(thrown);
    throw new SidelightError(
      code === 'file-not-permitted' ? 'file-not-writable' : code,
      message,
      remedy,
      details,
    );
  }
}

/** The engine's error, with the option that helps. */
function withOption(thrown: unknown): SidelightError {
  const error = SidelightError.from(thrown);
  if (error.code !== 'file-exists') return error;
  const remedy = 'Add --overwrite to replace it, or give the output another name.';
  return new SidelightError(error.code, error.message, remedy, error.details);
}

/** Shows a job's progress while it runs, and cancels it softly on Ctrl-C. */
async function followJob<T>(
  { output }: Context,
  { connection, engine, interruption }: EngineSession,
  jobId: string,
  run: () => Promise<T>,
): Promise<T> {
  interruption.check();
  const cancel = () => void engine.cancel({ jobId }).catch(() => undefined);
  interruption.signal.addEventListener('abort', cancel);
  const unsubscribe = connection.onEvent('progress', (progress) => {
    if (progress.jobId === jobId)
      output.progress(phaseTitles[progress.phase], progress.done, progress.remainingMilliseconds);
  });
  try {
    return await run();
  } catch (thrown) {
    throw withOption(thrown);
  } finally {
    unsubscribe();
    interruption.signal.removeEventListener('abort', cancel);
  }
}

async function openInput(session: EngineSession, role: Role, input: Input): Promise<SourceInfo> {
  const { fileId } = await session.files.openPath(input.path);
  return session.engine.openSource({
    sourceId: role,
    fileId,
    role,
    unknownMarker: input.unknownMarker,
    unit: input.unit,
  });
}

const phaseTitles: Readonly<Record<JobProgress['phase'], string>> = {
  queued: 'waiting',
  reading: 'reading',
  filtering: 'filtering',
  writing: 'writing',
};
