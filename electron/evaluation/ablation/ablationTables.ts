import { distinct, mean } from '../comparisonRows';
import type { ReportTable } from '../report';
import type { AblationRow, AblationTable } from './ablationList';
import { rankCorrelation, ranksOf } from './rankCorrelation';

/** What was measured of one variant. */
export interface AblationResult {
  /** Mean over seeds. */
  readonly rmse: number;
  /** Of `rmse`, to bicubic. */
  readonly ratio: number;
  /** Of every seed. */
  readonly seeds: readonly number[];
}

/** By the row's id. */
export type AblationResults = ReadonlyMap<string, AblationResult>;

type Ranked = AblationRow & { readonly paper: number };

/** Table VII: a line a model, the paper's figure and both ranks beside it. */
export function componentsTable({ dataset, rows }: AblationTable, results: AblationResults): ReportTable {
  const ranked = rankedRows(rows);
  const ranks = ranksOf(ranked.map(({ id }) => results.get(id)!.rmse));
  const paperRanks = ranksOf(ranked.map(({ paper }) => paper));
  return {
    title: 'Components (DAGF, Table VII)',
    header: ['model', 'parameters', 'RMSE', 'ratio', 'rank', `paper, ${dataset}`, 'paper’s rank'],
    rows: rows.map((row) => {
      const { rmse, ratio } = results.get(row.id)!;
      const place = ranked.findIndex(({ id }) => id === row.id);
      const own = [`${row.id}: ${row.title}`, String(row.parameters), rmse.toFixed(3), ratio.toFixed(3)];
      if (place < 0) return [...own, '', '', ''];
      return [...own, `${ranks[place]}`, ranked[place]!.paper.toFixed(2), `${paperRanks[place]}`];
    }),
  };
}

/** Table VI: a line a kernel size, a column a number of levels, then the paper’s columns. */
export function gridTable({ dataset, rows }: AblationTable, results: AblationResults): ReportTable {
  const levels = distinct(rows.map((row) => row.levels));
  const at = (kernel: number, level: number) =>
    rows.find((row) => row.kernel === kernel && row.levels === level);
  return {
    title: 'Kernel size and pyramid levels m (DAGF, Table VI), RMSE',
    header: [
      'kernel',
      ...levels.map((level) => `m = ${level}`),
      ...levels.map((level) => `paper, ${dataset}, m = ${level}`),
    ],
    rows: distinct(rows.map((row) => row.kernel)).map((kernel) => {
      const line = levels.map((level) => at(kernel, level));
      return [
        `${kernel} × ${kernel}`,
        ...line.map((row) => (row ? results.get(row.id)!.rmse.toFixed(3) : '')),
        ...line.map((row) => row?.paper?.toFixed(2) ?? ''),
      ];
    }),
  };
}

/** How far the order of the rows is the paper’s, in sentences. */
export function orderFindings(name: string, { rows }: AblationTable, results: AblationResults): string[] {
  const ranked = rankedRows(rows);
  if (ranked.length < 2) return [];
  const correlation = rankCorrelation(
    ranked.map(({ id }) => results.get(id)!.rmse),
    ranked.map(({ paper }) => paper),
  );
  const pairs = ranked.flatMap((first, index) =>
    ranked.slice(index + 1).map((second) => [first, second] as const),
  );
  const alike = pairs.filter(
    ([first, second]) =>
      (first.paper - second.paper) * (results.get(first.id)!.rmse - results.get(second.id)!.rmse) > 0,
  );
  return [
    `${name}: rank correlation with the paper ${correlation.toFixed(2)} over ${ranked.length} models; ` +
      `${alike.length} of ${pairs.length} pairs are in the paper’s order.`,
  ];
}

/** What every step from one row of Table VII to the next changes, here and in the paper. */
export function stepFindings({ rows }: AblationTable, results: AblationResults): string[] {
  const ranked = rankedRows(rows);
  return ranked.slice(1).map((row, index) => {
    const before = ranked[index]!;
    const [from, to] = [results.get(before.id)!, results.get(row.id)!];
    const here = change(from.rmse, to.rmse) + agreement(from, to);
    return `${before.id} → ${row.id} (${row.title}): RMSE ${here}, in the paper ${change(before.paper, row.paper)}.`;
  });
}

/** With how many seeds a step goes the way its mean goes, where there are several: models of a seed share their batches. */
function agreement(from: AblationResult, to: AblationResult): string {
  const count = Math.min(from.seeds.length, to.seeds.length);
  if (count < 2) return '';
  const steps = Array.from({ length: count }, (_, seed) => to.seeds[seed]! - from.seeds[seed]!);
  const alike = steps.filter((step) => step * (to.rmse - from.rmse) > 0).length;
  return ` (so with ${alike} of ${count} seeds)`;
}

/** Means of Table VI along both axes, here and in the paper. */
export function marginFindings({ rows }: AblationTable, results: AblationResults): string[] {
  const ranked = rankedRows(rows);
  const margin = (name: string, key: 'levels' | 'kernel') => {
    const values = distinct(ranked.map((row) => row[key]));
    const means = (figure: (row: Ranked) => number, digits: number) =>
      values.map((value) => mean(ranked.filter((row) => row[key] === value).map(figure)).toFixed(digits));
    const here = means(({ id }) => results.get(id)!.rmse, 3).join(', ');
    const paper = means((row) => row.paper, 2).join(', ');
    return `Mean RMSE for ${name} = ${values.join(', ')}: ${here}; in the paper ${paper}.`;
  };
  return ranked.length === 0 ? [] : [margin('m', 'levels'), margin('k', 'kernel')];
}

/** How much chance there is in a figure, where models were trained with several seeds. */
export function seedFindings(results: AblationResults): string[] {
  const spans = [...results.values()]
    .filter(({ seeds }) => seeds.length > 1)
    .map(({ seeds }) => Math.max(...seeds) - Math.min(...seeds));
  if (spans.length === 0) return [];
  const [average, largest] = [mean(spans).toFixed(3), Math.max(...spans).toFixed(3)];
  return [
    `RMSE differs between a model’s seeds by ${average} on average and ${largest} at most: a smaller difference may be chance.`,
  ];
}

const rankedRows = (rows: readonly AblationRow[]): Ranked[] =>
  rows.flatMap((row) => (row.paper === null ? [] : [{ ...row, paper: row.paper }]));

const change = (before: number, after: number) => {
  const percent = Math.round((after / before - 1) * 1000) / 10;
  const sign = percent > 0 ? '+' : percent < 0 ? '−' : '±';
  return `${sign}${Math.abs(percent).toFixed(1)} %`;
};
