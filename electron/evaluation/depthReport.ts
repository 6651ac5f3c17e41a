import type { Device } from '../contract/devices';
import type { ParameterValues } from '../contract/filters';
import { type Degradation, degradations, noiseDeviation } from './degrade';
import type { DepthFactor } from './depthSettings';

/** One filter on one kind of target: means over the scenes. */
export interface DepthRow {
  readonly degradation: Degradation;
  readonly factor: DepthFactor;
  readonly filter: string;
  readonly parameters: ParameterValues;
  /** Networks that were run, by their id in the manifest. */
  readonly models: readonly string[];
  readonly devices: readonly Device[];
  /** In raw disparity. */
  readonly rmse: number;
  /** To bicubic on the same images in the same run. */
  readonly ratio: number;
  readonly milliseconds: number;
  readonly scenes: readonly SceneScore[];
}

interface SceneScore {
  readonly scene: string;
  readonly rmse: number;
  /** From opened inputs to a written file. */
  readonly milliseconds: number;
}

export interface DepthReport {
  readonly family: 'depth';
  /** Name of the folder the pairs are in. */
  readonly data: string;
  readonly scenes: readonly string[];
  /** How it was measured, in sentences. */
  readonly protocol: readonly string[];
  readonly rows: readonly DepthRow[];
}

export interface ReportTable {
  readonly header: readonly string[];
  /** First column: the filter. */
  readonly rows: readonly (readonly string[])[];
}

/** One table a degradation: a line a filter; RMSE, ratio and time for every factor. */
export function depthTables(report: DepthReport): { title: string; table: ReportTable }[] {
  const factors = distinct(report.rows.map((row) => row.factor));
  return degradations.flatMap((degradation) => {
    const rows = report.rows.filter((row) => row.degradation === degradation);
    if (rows.length === 0) return [];
    const lines = distinct(rows.map((row) => row.filter)).map((filter) => [
      filter,
      ...factors.flatMap((factor) =>
        figures(rows.find((row) => row.filter === filter && row.factor === factor)),
      ),
    ]);
    const header = ['filter', ...factors.flatMap((factor) => [`×${factor} RMSE`, 'ratio', 'ms'])];
    return [{ title: `${degradation} degradation`, table: { header, rows: lines } }];
  });
}

function figures(row: DepthRow | undefined): string[] {
  if (!row) return ['', '', ''];
  return [row.rmse.toFixed(2), row.ratio.toFixed(3), row.milliseconds.toFixed(0)];
}

/** What each row was run with, a line a kind of settings. */
export function depthSettingsLines(report: DepthReport): string[] {
  const lines = report.rows.map((row) => {
    const settings = Object.entries(row.parameters).map(([name, value]) => `${name}=${value}`);
    const models = row.models.length > 0 ? [`model ${row.models.join(', ')}`] : [];
    return `${row.filter}, ${row.degradation} ×${row.factor}: ${[...settings, ...models, `on ${row.devices.join(', ')}`].join(', ')}`;
  });
  return lines;
}

export const depthProtocol: readonly string[] = [
  'Scenes are cropped at the right and bottom to multiples of 16; unknown pixels (0, NaN, infinity) are filled from the nearest known one before degrading.',
  'nearest keeps the last pixel of every block; bicubic is antialiased with a = −0.5; ' +
    `noisy adds Gaussian noise of standard deviation ${noiseDeviation} to bicubic, seeded by scene and factor. Small targets stay floats: nothing is rounded to 8 bits.`,
  'RMSE is in raw disparity, without a 6-pixel border and unknown pixels, the mean over scenes; the ratio is to bicubic on the same images in the same run.',
  'ms is the time from opened inputs to a written file of one image, the mean over scenes.',
];

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];
