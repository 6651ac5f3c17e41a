import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Colormap } from '../contract/display';
import type { ExportReport } from '../contract/engine';
import { cancelled, SidelightError } from '../contract/errors';
import type { ParameterValues } from '../contract/filters';
import type { Step } from '../contract/recipe';
import type { Raster } from '../raster/raster';
import type { Contender } from './contenders';
import type { EvaluationRequest } from './family';
import { type EngineAccess, FilterFiles } from './filterFiles';
import { PictureFolder } from './pictures/pictureFolder';
import type { Metrics, PictureRecord } from './report';

/** One kind of target, such as “bicubic ×8”: a column of a table. */
export interface Case {
  /** Part of the pictures' names. */
  readonly id: string;
  readonly title: string;
  readonly conditions: Readonly<Record<string, string | number>>;
}

/** What filters get of one scene in one case, and what their results are measured against. */
export interface Subject {
  readonly guidance: Raster;
  /** Filtered one by one; several where a target has more than a picture's channels. */
  readonly targets: readonly Raster[];
  /** On the guidance's grid. Null where nobody knows it. */
  readonly truth: Raster | null;
  /** The targets are 8-bit photos, opened as such: black and white are where their files have them. Otherwise values alone. */
  readonly asPhotos?: boolean;
  /** What the pictures show of several targets; of one, it is itself. */
  readonly shownTarget?: Raster;
  /** How the pictures show maps, where not as amounts. */
  readonly colormap?: Colormap;
}

export interface Scene<C extends Case, S extends Subject> {
  readonly name: string;
  /** Reads the scene's files. The answer makes its subjects, one at a time; null where there is none for a case. */
  open(): Promise<(one: C) => S | null>;
}

/** What a filter is run with. */
export interface RunSettings {
  readonly parameters: ParameterValues;
  readonly iterations: number;
  /** The subject's guidance unless the filter is to be guided by its own input. */
  readonly guidance?: Step['guidance'];
}

/** Filters side by side on the same scenes. */
export interface Comparison<C extends Case, S extends Subject> {
  readonly scenes: readonly Scene<C, S>[];
  readonly cases: readonly C[];
  readonly contenders: readonly Contender[];
  /** The row whose results are the truth, where that is not read but computed. It stands before those it is compared with. */
  readonly exact?: string;
  /** Null where a filter is not meant for a case: that place in the table stays empty. */
  settings(contender: Contender, one: C): RunSettings | null;
  /** One result of the filtered targets. */
  combine(results: readonly Raster[], subject: S): Raster;
  measure(result: Raster, subject: S): Metrics;
  /** One channel, what the error maps show; null without ground truth. */
  error(result: Raster, subject: S): Raster | null;
}

/** One place in a table: a filter in one case, over all scenes. */
export interface Cell<C extends Case> {
  readonly case: C;
  readonly contender: Contender;
  readonly settings: RunSettings;
  readonly scores: { scene: string; metrics: Metrics; reports: readonly ExportReport[] }[];
  /** Why it cannot be measured: there is no model for this kind of target. */
  leftOut: SidelightError | null;
}

export interface Compared<C extends Case> {
  /** Their names. */
  readonly scenes: readonly string[];
  readonly cells: readonly Cell<C>[];
  readonly pictures: readonly PictureRecord[];
}

/**
 * Runs every filter on every scene in every case, through the engine as users do.
 * @throws SidelightError what reading and filtering throw; model-missing when a filter that was asked for by name has
 * no model for any case; cancelled
 */
export async function compare<C extends Case, S extends Subject>(
  comparison: Comparison<C, S>,
  request: EvaluationRequest,
  access: EngineAccess,
): Promise<Compared<C>> {
  const cells = comparison.cases.flatMap((one) => cellsOf(comparison, one));
  const scratch = await mkdtemp(path.join(tmpdir(), 'sidelight-evaluate-'));
  const pictures = request.pictures === null ? null : new PictureFolder(request.pictures);
  try {
    const files = new FilterFiles(access, scratch, request.device);
    for (const [index, scene] of comparison.scenes.entries()) {
      const subjectOf = await scene.open();
      for (const [at, one] of comparison.cases.entries()) {
        const subject = subjectOf(one);
        if (!subject) continue;
        const done = index + at / comparison.cases.length;
        const own = cells.filter((cell) => cell.case === one);
        const run = new SubjectRun(comparison, scene.name, subject, files, request.signal);
        const results = await run.measureAll(own, (share) =>
          request.onProgress((done + share / comparison.cases.length) / comparison.scenes.length, scene.name),
        );
        await pictures?.save(scene.name, one, run.subject, results);
      }
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  const missing = wantedInVain(request.wanted ?? [], cells);
  if (missing) throw missing;
  return {
    scenes: comparison.scenes.map(({ name }) => name),
    cells,
    pictures: pictures?.records ?? [],
  };
}

function cellsOf<C extends Case, S extends Subject>(comparison: Comparison<C, S>, one: C): Cell<C>[] {
  return comparison.contenders.flatMap((contender): Cell<C>[] => {
    const settings = comparison.settings(contender, one);
    return settings ? [{ case: one, contender, settings, scores: [], leftOut: null }] : [];
  });
}

/** A result with its error map, for the pictures. */
export interface ShownResult {
  readonly row: string;
  readonly result: Raster;
  readonly error: Raster | null;
}

/** All filters on one scene in one case. */
class SubjectRun<C extends Case, S extends Subject> {
  constructor(
    private readonly comparison: Comparison<C, S>,
    private readonly scene: string,
    private known: S,
    private readonly files: FilterFiles,
    private readonly signal: AbortSignal,
  ) {}

  /** With its truth, once that has been computed. */
  get subject(): S {
    return this.known;
  }

  async measureAll(cells: readonly Cell<C>[], onProgress: (share: number) => void): Promise<ShownResult[]> {
    const shown: ShownResult[] = [];
    await this.files.openGuidance(this.subject.guidance);
    for (const [index, cell] of cells.entries()) {
      onProgress(index / cells.length);
      if (this.signal.aborted) throw cancelled();
      if (cell.leftOut) continue;
      try {
        const result = await this.measure(cell);
        shown.push({ row: cell.contender.id, result, error: this.comparison.error(result, this.subject) });
      } catch (thrown) {
        const error = SidelightError.from(thrown);
        const isExact = cell.contender.id === this.comparison.exact;
        if (error.code !== 'model-missing' && !(isExact && error.code === 'image-too-large')) throw error;
        // Without the truth there is nothing to compare the others with.
        for (const one of isExact ? cells : [cell]) one.leftOut ??= error;
      }
    }
    return shown;
  }

  private async measure(cell: Cell<C>): Promise<Raster> {
    const results: Raster[] = [];
    const reports: ExportReport[] = [];
    for (const target of this.subject.targets) {
      await this.files.openTarget(target, this.subject.asPhotos === true);
      const { result, report } = await this.files.apply(cell.contender.filter, cell.settings, this.signal);
      results.push(result);
      reports.push(report);
    }
    const result = this.comparison.combine(results, this.subject);
    if (cell.contender.id === this.comparison.exact) this.known = { ...this.subject, truth: result };
    cell.scores.push({ scene: this.scene, metrics: this.comparison.measure(result, this.subject), reports });
    return result;
  }
}

/** A filter that was asked for by name and for which there is no model at all is an error, not a gap in a table. */
function wantedInVain<C extends Case>(
  wanted: readonly string[],
  cells: readonly Cell<C>[],
): SidelightError | null {
  for (const id of wanted) {
    const own = cells.filter(({ contender }) => contender.id === id);
    if (own.length > 0 && own.every(({ leftOut }) => leftOut)) return own[0]?.leftOut ?? null;
  }
  return null;
}
