import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { operators } from './operators';
import { settingTitle, sweepOf } from './sweep';
import { brighterEngines, requestFor, writePhoto } from './testing/brighterEngines';
import { clone, descriptions, strength } from './testing/clone';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-sweep-'));
  await writePhoto(folder, 'small.png', 512, 512);
});
afterEach(() => rm(folder, { recursive: true }));

describe('the settings that a clone can be told', () => {
  it('lead through the range in equal ratios, or in equal steps', () => {
    expect(sweepOf(descriptions, 'l0-smoothing')).toEqual(
      [0.005, 0.01, 0.02, 0.04, 0.08].map((lambda) => ({ lambda })),
    );
    const linear = { min: 1, max: 9, step: 0.05, scale: 'linear' as const };
    const gains = ['fine', 'base'].map((name) => ({
      ...strength,
      ...linear,
      name,
      usedWhen: [{ parameter: 'operator', values: ['multi-scale-detail'] }],
    }));
    const told = sweepOf([{ ...clone, parameters: [...clone.parameters, ...gains] }], 'multi-scale-detail');
    expect(told.map(settingTitle)).toEqual([1, 3, 5, 7, 9].map((gain) => `fine ${gain}, base ${gain}`));
    expect(sweepOf(descriptions, 'multi-scale-detail')).toEqual([]);
  });

  it('are, of what its drafts are made with, each alone and then all together', () => {
    const parameters = ['light', 'colour'].map((name) => ({
      ...strength,
      min: 0,
      max: 1,
      step: 0.05,
      scale: 'linear' as const,
      name,
      usedWhen: [{ parameter: 'operator', values: ['auto-retouch'] }],
    }));
    const told = sweepOf([{ ...clone, parameters }], 'auto-retouch');
    const fromEndToEnd = [0, 0.25, 0.5, 0.75, 1];
    expect(told).toEqual([
      ...fromEndToEnd.map((light) => ({ light })),
      ...fromEndToEnd.map((colour) => ({ colour })),
      ...fromEndToEnd.map((both) => ({ light: both, colour: both })),
    ]);
    expect(sweepOf([{ ...clone, parameters: parameters.slice(0, 1) }], 'auto-retouch')).toHaveLength(5);
  });

  it('are measured beside the exact filter’s, and whether more of them does more', async () => {
    /** The exact filter brightens by a level a hundredth, the clone knows 0.02 alone. */
    const engines = brighterEngines((filter, { lambda }) => {
      if (filter === 'l0-smoothing') return 1000 * Number(lambda);
      return filter === 'dgf' ? 21 : 0;
    });
    const options = {
      operators: ['l0-smoothing', 'multi-scale-detail'],
      sizes: ['512', '1024'],
      variants: ['c'],
      sides: ['64'],
    };
    const usual = await operators.evaluate(requestFor(folder, options), engines);
    const report = await operators.evaluate(
      requestFor(folder, { ...options, settings: ['settings'] }),
      engines,
    );
    const table = report.tables.find(({ title }) => title.includes('settings'))!;
    const decibels = (difference: number) => (20 * Math.log10(255 / difference)).toFixed(2);
    expect(table).toEqual({
      title: 'L0 smoothing, lambda, 512 px: PSNR at other settings, dB',
      header: ['filter', ...[0.005, 0.01, 0.02, 0.04, 0.08].map((lambda) => `lambda ${lambda}`)],
      rows: [
        ['input', ...[5, 10, 20, 40, 80].map(decibels)],
        ['dgf-c', ...[16, 11, 1, 19, 59].map(decibels)],
      ],
    });
    expect(report.findings.slice(usual.findings.length)).toEqual([
      'l0-smoothing 512 px, lambda: the effect of exact grows with every setting (squared differences to the photo: 25.0, 100.0, 400.0, 1600.0, 6400.0); it does on 1 of 1 photos.',
      'l0-smoothing 512 px, lambda: the effect of dgf-c does not grow with every setting (squared differences to the photo: 441.0, 441.0, 441.0, 441.0, 441.0); it does on 0 of 1 photos.',
    ]);
    expect(report.findings.slice(0, usual.findings.length)).toEqual(usual.findings);
    expect(report.leftOut).toContain(
      'No settings, for their clones know the defaults alone: multi-scale-detail.',
    );
    expect(report.tables.filter((one) => one !== table)).toEqual(usual.tables);
    expect(report.rows).toHaveLength(usual.rows.length + 5 * 3);
  });
});
