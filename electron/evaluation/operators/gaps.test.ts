import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SidelightError } from '../../contract/errors';
import type { ParameterValues } from '../../contract/filters';
import { operators } from './operators';
import { brighterEngines, requestFor, writePhoto } from './testing/brighterEngines';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-gaps-'));
  await writePhoto(folder, 'grey.png', 512, 520);
});
afterEach(() => rm(folder, { recursive: true }));

const missing = (variant: string) =>
  new SidelightError('model-missing', `There is no model of ${variant}.`, 'Use another one.');

/** Some of them cannot be run. */
function brighter(filter: string, { variant }: ParameterValues): number {
  if (filter === 'multi-scale-detail')
    throw new SidelightError('image-too-large', 'It does not fit into memory.', 'Reduce it.');
  if (filter !== 'dgf') return filter === 'l0-smoothing' ? 10 : 0;
  if (variant !== 'c') throw missing(String(variant));
  return 8;
}

const request = () =>
  requestFor(folder, {
    operators: ['l0-smoothing', 'multi-scale-detail'],
    sizes: ['512'],
    variants: ['b', 'c'],
    sides: ['64'],
    memory: ['memory'],
  });

describe('operators', () => {
  it('leave a gap and say why where a clone has no model or the exact filter cannot be run', async () => {
    const report = await operators.evaluate(request(), brighterEngines(brighter));
    expect(report.rows.map(({ row, metrics }) => [row, metrics.mse, metrics.peakMegabytes])).toEqual([
      ['exact', undefined, 1],
      ['input', 100, undefined],
      ['dgf-c', 4, 1],
    ]);
    expect(report.rows[2]?.metrics.gain).toBeCloseTo(10 * Math.log10(100 / 4), 6);
    expect(report.leftOut).toEqual([
      'l0-smoothing, dgf-b: There is no model of b.',
      'multi-scale-detail 512 px, exact: It does not fit into memory.',
    ]);
    expect(report.tables.map(({ title }) => title)).toEqual([
      'L0 smoothing',
      'L0 smoothing: PSNR above the input’s, dB',
      'L0 smoothing: peak memory, MB',
    ]);
  });

  it('refuse a clone that was asked for by name and has no model at all', async () => {
    const wanted = { ...request(), wanted: ['dgf-b'] };
    await expect(operators.evaluate(wanted, brighterEngines(brighter))).rejects.toMatchObject({
      code: 'model-missing',
    });
  });
});
