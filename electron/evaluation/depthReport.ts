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
  /** What could not be measured for want of a model, in sentences. */
  readonly leftOut: readonly string[];
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

/** What the filters were run with: a line for every setting that differs, and the devices. */
export function depthSettingsLines(report: DepthReport): string[] {
  const rowsBySettings = new Map<string, DepthRow[]>();
  for (const row of report.rows) {
    const settings = describeSettings(row);
    if (settings !== '') rowsBySettings.set(settings, [...(rowsBySettings.get(settings) ?? []), row]);
  }
  const lines = [...rowsBySettings].map(([settings, rows]) => {
    const kinds = distinct(rows.map((row) => row.degradation)).join(', ');
    const factors = distinct(rows.map((row) => `×${row.factor}`)).join(', ');
    return `${rows[0]?.filter} (${kinds}; ${factors}): ${settings}`;
  });
  return [...lines, `device: ${distinct(report.rows.flatMap((row) => row.devices)).join(', ')}`];
}

function describeSettings({ parameters, models }: DepthRow): string {
  const settings = Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
  return [...settings, ...models.map((model) => `model ${model}`)].join(', ');
}

export const depthProtocol: readonly string[] = [
  'Scenes are cropped at the right and bottom to multiples of 16; unknown pixels (0, NaN, infinity) are filled from the nearest known one before degrading.',
  'nearest keeps the last pixel of every block; bicubic is antialiased with a = −0.5; ' +
    `noisy adds Gaussian noise of standard deviation ${noiseDeviation} to bicubic, seeded by scene and factor. Small targets stay floats: nothing is rounded to 8 bits.`,
  'RMSE is in raw disparity, without a 6-pixel border and unknown pixels, the mean over scenes; the ratio is to bicubic on the same images in the same run.',
  'ms is the time from opened inputs to a written file of one image, the mean over scenes.',
];

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];
