import type { Case, Cell } from './comparison';
import { baselines } from './contenders';
import type { Metrics, ReportRow } from './report';

/** The measured cells as rows: means over the scenes. @param ratioOf the metric whose ratio to bicubic is wanted */
export function rowsOf<C extends Case>(
  cells: readonly Cell<C>[],
  ratioOf: string | null = null,
): ReportRow[] {
  const rows = cells.filter((cell) => !cell.leftOut && cell.scores.length > 0).map(rowOf);
  return ratioOf === null ? rows : rows.map((row) => withRatio(row, rows, ratioOf));
}

/** What could not be measured, in sentences. */
export const leftOutOf = <C extends Case>(cells: readonly Cell<C>[]): string[] =>
  cells.flatMap(({ contender, case: { title }, leftOut }) =>
    leftOut ? [`${contender.id}, ${title}: ${leftOut.message}`] : [],
  );

function rowOf<C extends Case>({ case: one, contender, settings, scores }: Cell<C>): ReportRow {
  const reports = scores.flatMap((score) => score.reports);
  const scenes = scores.map((score) => ({
    scene: score.scene,
    metrics: score.metrics,
    milliseconds: score.reports.reduce((sum, report) => sum + report.milliseconds, 0),
  }));
  return {
    row: contender.id,
    case: one.title,
    conditions: one.conditions,
    filter: contender.filter.id,
    parameters: settings.parameters,
    iterations: settings.iterations,
    models: distinct(reports.flatMap((report) => report.models)),
    devices: distinct(reports.map((report) => report.device)),
    metrics: meanMetrics(scores.map((score) => score.metrics)),
    milliseconds: mean(scenes.map((scene) => scene.milliseconds)),
    scenes,
  };
}

function meanMetrics(all: readonly Metrics[]): Metrics {
  const names = Object.keys(all[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [name, mean(all.map((metrics) => metrics[name] ?? Number.NaN))]),
  );
}

function withRatio(row: ReportRow, rows: readonly ReportRow[], metric: string): ReportRow {
  const reference = rows.find((other) => other.row === baselines[0] && other.case === row.case);
  if (!reference) throw new TypeError(`Nothing is measured without ${baselines[0]}.`);
  return { ...row, metrics: { ...row.metrics, ratio: row.metrics[metric]! / reference.metrics[metric]! } };
}

export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
export const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];
