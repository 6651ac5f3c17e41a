import { distinct } from './comparisonRows';
import type { Figure } from './comparisonTables';
import type { ReportRow } from './report';

/**
 * In how many cases a row has the best figure of all rows, and who is ahead of it in the others. `companions` are rows
 * it is not compared with: variants of the same filter.
 */
export function leadOf(
  rows: readonly ReportRow[],
  leader: string,
  figure: Figure,
  companions: readonly string[] = [],
): string[] {
  const own = rows.filter((row) => row.row === leader);
  if (own.length === 0) return [];
  const behind = own.flatMap((row) => {
    const rivals = rows.filter((other) => other.case === row.case && other.row !== leader);
    const ahead = rivals.filter((other) => !companions.includes(other.row) && !isBetter(row, other, figure));
    return ahead.map(
      (other) => `${row.case} (${other.row} ${shown(other, figure)}, ${leader} ${shown(row, figure)})`,
    );
  });
  const cases = distinct(own.map((row) => row.case)).length;
  const won = cases - distinct(behind.map((text) => text.split(' (')[0])).length;
  const sentence = `${leader} has the best ${figure.title} of all filters in ${won} of ${cases} cases`;
  return [behind.length === 0 ? `${sentence}.` : `${sentence}; not in ${behind.join('; ')}.`];
}

/** Whether a row’s figure is better than another’s. */
export function isBetter(row: ReportRow, other: ReportRow, { metric, better }: Figure): boolean {
  const [own, rival] = [row.metrics[metric]!, other.metrics[metric]!];
  return better === 'lower' ? own < rival : own > rival;
}

/** A figure as tables show it. */
export const shown = (row: ReportRow, { metric, digits }: Figure) => row.metrics[metric]!.toFixed(digits);
