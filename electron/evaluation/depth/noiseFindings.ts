import type { ReportRow } from '../report';

/** How much worse than on noiseless targets every row does on noisy ones (DAGF, Table III against Table I). */
export function noiseFindings(rows: readonly ReportRow[]): string[] {
  const rmseOf = (row: string, degradation: string, factor: unknown) =>
    rows.find(
      (other) =>
        other.row === row &&
        other.conditions.degradation === degradation &&
        other.conditions.factor === factor,
    )?.metrics.rmse;
  const names = [...new Set(rows.map(({ row }) => row))].filter((name) => name.startsWith('dagf'));
  return names.flatMap((name) => {
    const ratios = rows.flatMap(({ row, conditions, metrics }) => {
      const noiseless = rmseOf(name, 'bicubic', conditions.factor);
      if (row !== name || conditions.degradation !== 'noisy' || noiseless === undefined) return [];
      return [`${(metrics.rmse! / noiseless).toFixed(2)} at ×${conditions.factor}`];
    });
    return ratios.length === 0
      ? []
      : [`${name}: RMSE with noise is ${ratios.join(', ')} times that without.`];
  });
}
