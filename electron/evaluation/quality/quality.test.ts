import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReportRow } from '../report';
import { readMeasurements } from './measuredElsewhere';
import { quality } from './quality';
import { qualityTables } from './qualityTables';
import { medianRows } from './repeatedRows';
import { plotTimeAgainstError } from './timePlot';

const row = (name: string, run: number, times: number[]): ReportRow => ({
  row: name,
  case: `run ${run}`,
  conditions: { run },
  filter: name,
  parameters: {},
  iterations: 1,
  models: [],
  devices: ['cpu'],
  metrics: { rmse: name === 'dagf' ? 2.5 : 5, ratio: name === 'dagf' ? 0.5 : 1, megapixels: 0.2 },
  milliseconds: 0,
  scenes: times.map((milliseconds, i) => ({ scene: `scene ${i}`, metrics: {}, milliseconds })),
});

const rows = medianRows(
  [
    row('bicubic', 1, [900, 10]),
    row('dagf', 1, [200, 220]),
    row('bicubic', 2, [12, 11]),
    row('dagf', 2, [180, 260]),
    row('bicubic', 3, [14, 10]),
    row('dagf', 3, [210, 240]),
  ],
  '×8',
);
const measurement = {
  device: 'NVIDIA H200',
  provider: 'webgpu',
  width: 640,
  height: 480,
  how: 'median of 9',
  rows: [
    { row: 'dagf', precision: 'float16', milliseconds: 15.36 },
    { row: 'dagf', precision: 'float32', milliseconds: 30.72 },
  ],
};

describe('the time of repeated runs', () => {
  it('is their median, which a first slow run does not move', () => {
    expect(rows.map((one) => [one.row, one.case, one.milliseconds])).toEqual([
      ['bicubic', '×8', 11],
      ['dagf', '×8', 210],
    ]);
    expect(rows[0]?.scenes.map((scene) => scene.milliseconds)).toEqual([14, 10]);
  });
});

describe('the tables of quality', () => {
  it('keep what was measured here apart from what was measured elsewhere', () => {
    const [here, elsewhere] = qualityTables(rows, [measurement]);
    expect(here?.rows).toEqual([
      ['bicubic', '5.00', '1.000', '11', '55'],
      ['dagf', '2.50', '0.500', '210', '1050'],
    ]);
    expect(elsewhere?.title).toBe('Measured on NVIDIA H200, webgpu, 640 × 480 (median of 9)');
    expect(elsewhere?.rows[0]).toEqual(['dagf', 'float16', '15.4', '50.0']);
  });
});

describe('the plot', () => {
  it('has a point a measurement, faster ones to the left and better ones lower', () => {
    const svg = plotTimeAgainstError(rows, [measurement]);
    const points = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    expect(points).toHaveLength(4);
    const [bicubic, dagf, half, single] = points as [number[], number[], number[], number[]];
    expect(bicubic[0]).toBeLessThan(dagf[0]!);
    expect(bicubic[1]).toBeLessThan(dagf[1]!);
    expect(half[0]).toBeLessThan(single[0]!);
    expect(half[1]).toBe(dagf[1]);
    expect(svg).toContain('NVIDIA H200 webgpu float16, 640 × 480, network alone');
  });
});

describe('times measured elsewhere', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sidelight-measured-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are read from a file of one or of several', async () => {
    const file = path.join(folder, 'times.json');
    await writeFile(file, JSON.stringify(measurement));
    expect(await readMeasurements(file)).toEqual([measurement]);
    await writeFile(file, JSON.stringify({ measurements: [measurement, measurement] }));
    expect(await readMeasurements(file)).toHaveLength(2);
  });

  it('are of all rows that the evaluation has, on the H200', async () => {
    const file = path.join(import.meta.dirname, '../../../docs/results/dagf-h200.json');
    const names = (await readMeasurements(file)).flatMap((one) => one.rows.map(({ row: name }) => name));
    expect(new Set(names)).toEqual(new Set(quality.rows));
  });

  it('are refused when the file holds something else', async () => {
    const file = path.join(folder, 'times.json');
    await writeFile(file, '{"device": "GPU"}');
    await expect(readMeasurements(file)).rejects.toMatchObject({ code: 'file-not-readable' });
    await expect(readMeasurements(path.join(folder, 'none'))).rejects.toMatchObject({
      code: 'file-not-readable',
    });
  });
});
