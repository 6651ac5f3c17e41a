import type { ReportRow, ReportTable } from '../report';
import type { Measurement } from './measuredElsewhere';

/** Milliseconds a megapixel of result. */
export const perMegapixel = (milliseconds: number, megapixels: number) => milliseconds / megapixels;

/** A line a filter, and a table for every device that was measured elsewhere. */
export function qualityTables(rows: readonly ReportRow[], elsewhere: readonly Measurement[]): ReportTable[] {
  const devices = [...new Set(rows.flatMap((row) => row.devices))].join(', ');
  const here: ReportTable = {
    title: `Measured in this run, on ${devices}`,
    header: ['filter', 'RMSE', 'ratio', 'ms', 'ms per megapixel'],
    rows: rows.map(({ row, metrics, milliseconds }) => [
      row,
      metrics.rmse!.toFixed(2),
      metrics.ratio!.toFixed(3),
      milliseconds.toFixed(0),
      perMegapixel(milliseconds, metrics.megapixels!).toFixed(0),
    ]),
  };
  return [here, ...elsewhere.map(tableOf)];
}

function tableOf({ device, provider, width, height, how, rows }: Measurement): ReportTable {
  return {
    title: `Measured on ${device}, ${provider}, ${width} × ${height} (${how})`,
    header: ['filter', 'precision', 'ms', 'ms per megapixel'],
    rows: rows.map(({ row, precision, milliseconds }) => [
      row,
      precision,
      milliseconds.toFixed(1),
      perMegapixel(milliseconds, (width * height) / 1e6).toFixed(1),
    ]),
  };
}
