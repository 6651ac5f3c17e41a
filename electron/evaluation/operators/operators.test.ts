import { describe, expect, it } from 'vitest';
import { clonedSides } from '../../filters/dgf/operators';
import { createRaster, type Raster } from '../../raster/raster';
import type { ReportRow } from '../report';
import { operatorFindings } from './operatorFindings';
import { notOffered, operatorContenders, operatorSettings, variants } from './operatorRows';
import { gainTables, memoryTables, sweepTables, withGains } from './operatorTables';
import { paperGain } from './paperResults';
import { photoAt } from './photos';
import { choiceOf, clone, descriptions } from './testing/clone';

const all = { variants, sides: clonedSides };

describe('the rows of operators', () => {
  const contenders = operatorContenders(descriptions, ['l0-smoothing', 'multi-scale-detail'], all, null);

  it('are the exact filters, the input, and every variant, with every side where that matters', () => {
    const clones = ['dgf-s', 'dgf-b', 'dgf-cb', 'dgf-c', 'dgf-c-128', 'dgf-c-256', 'can'];
    expect([...new Set(contenders.map(({ id }) => id))]).toEqual(['exact', 'input', ...clones]);
    const few = operatorContenders(
      descriptions,
      ['l0-smoothing'],
      { variants: ['c', 'can'], sides: [128] },
      null,
    );
    expect(few.map(({ id }) => id)).toEqual(['exact', 'input', 'dgf-c-128', 'can']);
  });

  it('run exact filters in their own operator’s cases, and tell clones which one they imitate', () => {
    const settings = contenders.map((one) => operatorSettings(one, 'l0-smoothing'));
    expect(settings[0]?.parameters).toMatchObject({ lambda: 0.02 });
    expect(settings[1]).toBeNull();
    expect(settings[3]?.parameters).toEqual({ operator: 'l0-smoothing', variant: 's', lambda: 0.02 });
    expect(operatorSettings(contenders[3]!, 'haze-removal')).toBeNull();
    expect(operatorSettings(contenders[7]!, 'multi-scale-detail')?.parameters).toEqual({
      operator: 'multi-scale-detail',
      variant: 'c',
      side: '128',
    });
  });

  it('tell exact filters and clones the same, and the input nothing', () => {
    const told = contenders.map((one) => operatorSettings(one, 'l0-smoothing', { lambda: 0.04 })?.parameters);
    expect([told[0]?.lambda, told[3]?.lambda]).toEqual([0.04, 0.04]);
    expect(told[2]).toEqual({});
  });

  it('are those asked for by name, other filters too', () => {
    const ids = (wanted: string[]) =>
      operatorContenders(descriptions, ['l0-smoothing'], all, wanted).map(({ id }) => id);
    expect(ids(['dgf-c-128', 'guided-filter'])).toEqual(['exact', 'input', 'dgf-c-128', 'guided-filter']);
    expect(() => ids(['dgf-d'])).toThrow('no filter “dgf-d”');
  });
});

describe('what cannot be had', () => {
  it('is said in a sentence', () => {
    const choice = { variants, sides: clonedSides };
    expect(notOffered(descriptions, ['l0-smoothing'], choice)).toEqual([]);
    const without = descriptions.filter(({ id }) => id !== 'haze-removal');
    expect(notOffered(without, ['l0-smoothing', 'haze-removal'], choice)).toEqual([
      'Not there: exact filter haze-removal, clone of haze-removal.',
    ]);
    const parameters = clone.parameters.map((one) =>
      one.name === 'variant' ? choiceOf(one.name, 'c') : one,
    );
    expect(notOffered([{ ...clone, parameters }], [], { variants: ['c', 'b', 'can'], sides: [64] })).toEqual([
      'Not there: variant b, variant can.',
    ]);
    expect(notOffered([], [], choice)).toEqual(['There is no filter that imitates others.']);
  });
});

describe('photos of a size', () => {
  const ramp = (width: number, height: number): Raster =>
    createRaster({
      width,
      height,
      channels: 3,
      data: Float32Array.from(
        { length: 3 * width * height },
        (_, i) => (257 * 255 * (i % width)) / (width - 1),
      ),
      fullScale: { min: 0, max: 65535 },
      sampleType: 'u16',
    });

  it('have it as their short side, in whole levels of 8 bits', () => {
    const small = photoAt(ramp(90, 60), 20)!;
    expect([small.width, small.height, small.sampleType]).toEqual([30, 20, 'u8']);
    expect(small.data.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)).toBe(true);
    expect(small.data[0]).toBeLessThan(8);
    expect(small.data[29]).toBeGreaterThan(247);
  });

  it('are not enlarged', () => {
    expect(photoAt(ramp(90, 60), 61)).toBeNull();
    expect(photoAt(ramp(60, 90), 60)).toMatchObject({ width: 60, height: 90 });
  });
});

describe('what follows from the rows', () => {
  const row = (name: string, size: number, psnr: number | null, milliseconds: number): ReportRow => ({
    row: name,
    case: `l0-smoothing ${size} px`,
    conditions: { operator: 'l0-smoothing', size },
    filter: name,
    parameters: {},
    iterations: 1,
    models: [],
    devices: ['cpu'],
    metrics: psnr === null ? { peakMegabytes: 400 } : { psnr },
    milliseconds,
    scenes: [{ scene: 'wall', metrics: {}, milliseconds }],
  });
  const rows = withGains([
    row('exact', 512, null, 3000),
    row('input', 512, 26, 10),
    row('dgf-s', 512, 28, 90),
    row('dgf-c', 512, 29.5, 100),
    row('can', 512, 33, 900),
    row('exact', 1024, null, 9000),
    row('input', 1024, 27, 20),
    row('dgf-s', 1024, 28, 110),
    row('dgf-c', 1024, 27.5, 120),
  ]);

  it('stands beside the paper’s gains', () => {
    const [table] = gainTables(rows, () => 'L0');
    expect(table?.header).toEqual(['filter', '512 px (1 photo)', '1024 px (1 photo)', 'paper, 1024 px']);
    expect(table?.rows).toEqual([
      ['dgf-s', '2.00', '1.00', '3.32'],
      ['dgf-c', '3.50', '0.50', '4.08'],
      ['can', '7.00', '', '5.44'],
    ]);
    expect(paperGain('style-transfer', 'dgf-c')).toBeCloseTo(12.89, 9);
    expect(paperGain('style-transfer', 'dgf-c-128')).toBeUndefined();
    expect(memoryTables(rows, () => 'L0')[0]?.rows).toEqual([['exact', '400', '400']]);
  });

  it('has a table for each parameter that is gone through', () => {
    const settings = [
      { varied: 'light', setting: 'light 0' },
      { varied: 'light', setting: 'light 1' },
      { varied: 'colour', setting: 'colour 0' },
    ].map((one) => ({ ...row('dgf-c', 512, 30, 100), conditions: { size: 512, ...one } }));
    expect(sweepTables(settings, () => 'Retouch')).toEqual([
      {
        title: 'Retouch, light, 512 px: PSNR at other settings, dB',
        header: ['filter', 'light 0', 'light 1'],
        rows: [['dgf-c', '30.00', '30.00']],
      },
      {
        title: 'Retouch, colour, 512 px: PSNR at other settings, dB',
        header: ['filter', 'colour 0'],
        rows: [['dgf-c', '30.00']],
      },
    ]);
  });

  it('says whether the paper’s order holds, who is nearer and how much faster', () => {
    expect(operatorFindings(rows)).toEqual([
      'l0-smoothing 512 px: PSNR dgf-s 28.00, dgf-c 29.50 dB: in the paper’s order.',
      'l0-smoothing 512 px: dgf-c is 3.50 dB farther from the exact filter than the network at full resolution.',
      'l0-smoothing 512 px: dgf-c is 30.0 times as fast as the exact filter.',
      'l0-smoothing 1024 px: PSNR dgf-s 28.00, dgf-c 27.50 dB: not in the paper’s order.',
      'l0-smoothing 1024 px: dgf-c is 75.0 times as fast as the exact filter.',
    ]);
  });
});
