import type { Figure } from '../comparisonTables';
import { baselines } from '../contenders';
import { isBetter, shown } from '../findings';
import type { ReportRow } from '../report';

/** In which cases a row is better than the map as it came. */
export function refinedFindings(rows: readonly ReportRow[], name: string, figure: Figure): string[] {
  const pairs = rows.flatMap((row) => {
    const unrefined = rows.find((other) => other.row === baselines[0] && other.case === row.case);
    return row.row === name && unrefined ? [{ row, unrefined }] : [];
  });
  if (pairs.length === 0) return [];
  const better = pairs.filter(({ row, unrefined }) => isBetter(row, unrefined, figure));
  const each = pairs.map(
    ({ row, unrefined }) => `${row.case} ${shown(unrefined, figure)} → ${shown(row, figure)}`,
  );
  return [
    `${name} improves the ${figure.title} of the unrefined map in ${better.length} of ${pairs.length} cases: ${each.join(', ')}.`,
  ];
}
