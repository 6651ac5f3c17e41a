import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DeviceChoice } from '../contract/devices';
import type { ExportReport } from '../contract/engine';
import { SidelightError } from '../contract/errors';
import type { FilterDescription, ParameterValues } from '../contract/filters';
import { rmse } from '../metrics/rmse';
import { type Degradation, degrade } from './degrade';
import { findDepthPairs } from './depthPairs';
import { type DepthReport, type DepthRow, depthProtocol } from './depthReport';
import { type DepthScene, readDepthScene } from './depthScene';
import { baselines, type DepthFactor, depthParameters } from './depthSettings';
import { type EngineAccess, FilterFiles } from './filterFiles';
import { seedOf } from './gaussianNoise';

export interface DepthEvaluation {
  readonly folder: string;
  readonly degradations: readonly Degradation[];
  readonly factors: readonly DepthFactor[];
  /** To measure, beside the baselines; what they declare decides what they are told. */
  readonly filters: readonly FilterDescription[];
  /** Ids of those that were asked for by name. */
  readonly wanted: readonly string[];
  readonly device: DeviceChoice;
  readonly signal: AbortSignal;
  onProgress(done: number, label: string): void;
}

const border = 6;

/** One number to measure: a filter on one kind of target, over all scenes. */
interface Cell {
  readonly degradation: Degradation;
  readonly factor: DepthFactor;
  readonly filter: FilterDescription;
  readonly parameters: ParameterValues;
  readonly scores: { scene: string; rmse: number; report: ExportReport }[];
  /** Why it cannot be measured: there is no model for this kind of target. */
  leftOut: SidelightError | null;
}

/**
 * Depth super-resolution by the protocol of DAGF's Tables I and III.
 * @throws SidelightError what reading the pairs and running the filters throws; cancelled
 */
export async function evaluateDepth(request: DepthEvaluation, access: EngineAccess): Promise<DepthReport> {
  const pairs = await findDepthPairs(request.folder);
  const cells = request.degradations.flatMap((degradation) =>
    request.factors.flatMap((factor) =>
      request.filters.map(
        (filter): Cell => ({
          degradation,
          factor,
          filter,
          parameters: depthParameters(filter, degradation, factor),
          scores: [],
          leftOut: null,
        }),
      ),
    ),
  );
  const folder = await mkdtemp(path.join(tmpdir(), 'sidelight-evaluate-'));
  try {
    const files = new FilterFiles(access, folder, request.device);
    for (const [index, pair] of pairs.entries()) {
      const scene = await readDepthScene(pair);
      await measureScene(scene, cells, files, request.signal, (done) =>
        request.onProgress((index + done) / pairs.length, scene.scene),
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const missing = wantedInVain(request.wanted, cells);
  if (missing) throw missing;
  const measured = cells.filter((cell) => !cell.leftOut);
  return {
    family: 'depth',
    data: path.basename(path.resolve(request.folder)),
    scenes: pairs.map((pair) => pair.scene),
    protocol: depthProtocol,
    rows: measured.map((cell) => rowOf(cell, measured)),
    leftOut: cells.flatMap(({ filter, degradation, factor, leftOut }) =>
      leftOut ? [`${filter.id}, ${degradation} ×${factor}: ${leftOut.message}`] : [],
    ),
  };
}

/** A filter that was asked for by name and for which there is no model at all is an error, not a gap in a table. */
function wantedInVain(wanted: readonly string[], cells: readonly Cell[]): SidelightError | null {
  for (const id of wanted) {
    const own = cells.filter(({ filter }) => filter.id === id);
    if (own.length > 0 && own.every(({ leftOut }) => leftOut)) return own[0]?.leftOut ?? null;
  }
  return null;
}

async function measureScene(
  scene: DepthScene,
  cells: readonly Cell[],
  files: FilterFiles,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<void> {
  await files.openGuidance(scene.guidance);
  let opened = '';
  for (const [index, cell] of cells.entries()) {
    const kind = `${cell.degradation}/${cell.factor}`;
    if (kind !== opened) {
      const seed = seedOf(`${scene.scene}/${cell.factor}`);
      await files.openTarget(degrade(scene.filled, cell.degradation, cell.factor, seed));
      opened = kind;
    }
    onProgress(index / cells.length);
    if (signal.aborted) throw cancelled();
    if (cell.leftOut) continue;
    try {
      const { result, report } = await files.apply(cell.filter.id, cell.parameters, signal);
      const score = rmse.measure({ result, reference: scene.truth, border });
      cell.scores.push({ scene: scene.scene, rmse: score, report });
    } catch (thrown) {
      const error = SidelightError.from(thrown);
      if (error.code !== 'model-missing') throw error;
      cell.leftOut = error;
    }
  }
}

function rowOf(cell: Cell, cells: readonly Cell[]): DepthRow {
  const reports = cell.scores.map((score) => score.report);
  const reference = cells.find(
    ({ filter, degradation, factor }) =>
      filter.id === baselines[0] && degradation === cell.degradation && factor === cell.factor,
  );
  if (!reference) throw new TypeError(`Nothing is measured without ${baselines[0]}.`);
  return {
    degradation: cell.degradation,
    factor: cell.factor,
    filter: cell.filter.id,
    parameters: cell.parameters,
    models: distinct(reports.flatMap((report) => report.models)),
    devices: distinct(reports.map((report) => report.device)),
    rmse: meanRmse(cell),
    ratio: meanRmse(cell) / meanRmse(reference),
    milliseconds: mean(reports.map((report) => report.milliseconds)),
    scenes: cell.scores.map(({ scene, rmse, report }) => ({
      scene,
      rmse,
      milliseconds: report.milliseconds,
    })),
  };
}

const meanRmse = (cell: Cell) => mean(cell.scores.map((score) => score.rmse));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

const cancelled = () =>
  new SidelightError(
    'cancelled',
    'The evaluation was cancelled.',
    'Nothing was written; start it again when you like.',
  );
