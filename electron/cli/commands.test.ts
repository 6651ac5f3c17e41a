import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readImage } from '../codecs/read';
import { filterById } from '../filters/list';
import { defaultStep, newRecipe } from '../recipe/defaults';
import { parseOutput, runCli } from './testing/cliProcess';
import { writeNpy, writePicture } from './testing/pictures';

let folder: string;
let guidance: string;
let target: string;

const at = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-cli-'));
  guidance = await writePicture(folder, 'photo.png', {
    width: 64,
    height: 48,
    channels: 3,
    value: (x, y, channel) => (x < 30 ? 40 : 200) + channel * 10 + (y % 3),
  });
  target = await writePicture(folder, 'depth.png', {
    width: 16,
    height: 12,
    channels: 1,
    value: (x) => (x < 8 ? 50 : 180),
  });
});
afterAll(() => rm(folder, { recursive: true }));

const pair = () => ['--target', target, '--guidance', guidance];

describe('sidelight filters', () => {
  it('lists what the filters declare', async () => {
    const result = await runCli(['filters', '--json']);
    expect(result.exitCode).toBe(0);
    expect(parseOutput(result).filters).toEqual(
      [
        'dagf',
        'guided-filter',
        'joint-bilateral',
        'bicubic',
        'rolling-guidance',
        'relative-total-variation',
        'dgf',
        'l0-smoothing',
        'multi-scale-detail',
        'style-transfer',
        'haze-removal',
        'auto-retouch',
        'own-network',
      ].map((id) => filterById(id).description),
    );
    const text = (await runCli(['filters'])).out;
    for (const { parameters, paper } of [filterById('guided-filter').description]) {
      for (const parameter of parameters)
        expect(text).toMatch(new RegExp(`^ +${parameter.name} .*${parameter.default}`, 'm'));
      expect(text.replace(/\s+/g, ' ')).toContain(paper);
    }
    expect(text).toMatch(/^ +meanRed .*Used with normalisation custom\.$/m);
  });
});

describe('sidelight devices', () => {
  it('tries every device and says which one is used', async () => {
    const result = await runCli(['devices', '--json']);
    expect(result.exitCode).toBe(0);
    const report = parseOutput(result) as { active: string; devices: { device: string; state: string }[] };
    expect(report.devices.map(({ device }) => device).sort()).toEqual([
      'coreml',
      'cpu',
      'cuda',
      'dml',
      'webgpu',
    ]);
    expect(report.devices.find(({ device }) => device === report.active)?.state).toBe('ready');
    expect(report.devices.some(({ state }) => state === 'probing' || state === 'unprobed')).toBe(false);
  });
});

describe('sidelight filter', () => {
  it('writes an 8-bit map as 16-bit PNG of the guidance’s size, with its values', async () => {
    const result = await runCli([
      'filter',
      'guided-filter',
      ...pair(),
      '--output',
      at('a.png'),
      '--set',
      'radius=2',
    ]);
    expect(result).toMatchObject({ exitCode: 0, err: '' });
    expect(result.out).toContain('64 × 48, 16-bit PNG');
    const { raster } = await readImage(at('a.png'));
    expect(raster).toMatchObject({ width: 64, height: 48, channels: 1, sampleType: 'u16' });
    expect(raster.data[0]).toBeCloseTo(50, 0);
    expect(raster.data[63]).toBeCloseTo(180, 0);
    // More than the 256 steps of the target: what 16 bits are for.
    expect([...raster.data].some((value) => Math.abs(value - Math.round(value)) > 0.05)).toBe(true);
  });

  it('gives machines one object, and is quiet when asked to be', async () => {
    const words = [
      'filter',
      'bicubic',
      ...pair(),
      '--output',
      at('b.tif'),
      '--depth',
      '32',
      '--json',
      '--quiet',
    ];
    const result = await runCli(words);
    expect(result).toMatchObject({ exitCode: 0, err: '' });
    expect(parseOutput(result)).toMatchObject({
      target: { size: { width: 16, height: 12 }, channels: 1 },
      guidance: { size: { width: 64, height: 48 }, channels: 3 },
      document: { factor: { x: 4, y: 4 } },
      settings: { format: 'tiff', sampleType: 'f32' },
      export: { path: at('b.tif'), size: { width: 64, height: 48 }, sampleType: 'f32', device: 'cpu' },
    });
  });

  it('keeps a unit and float values', async () => {
    const depth = await writeNpy(folder, 'mm.npy', {
      width: 16,
      height: 12,
      channels: 1,
      value: (x, y) => 1234.5 + x + y * 0.25,
    });
    const words = [
      'filter',
      'bicubic',
      '--target',
      depth,
      '--output',
      at('mm-out.npy'),
      '--unit',
      'mm',
      '--json',
    ];
    const result = await runCli(words);
    expect(parseOutput(result)).toMatchObject({ document: { unit: 'mm' }, export: { sampleType: 'f32' } });
    expect((await readImage(at('mm-out.npy'))).raster.data).toEqual((await readImage(depth)).raster.data);
  });

  it('maps an asked-for range onto the ends of the file', async () => {
    const words = [
      'filter',
      'bicubic',
      '--target',
      target,
      '--output',
      at('c.bmp'),
      '--range',
      '50:180',
      '--overwrite',
    ];
    expect(await runCli(words)).toMatchObject({ exitCode: 0 });
    const { raster } = await readImage(at('c.bmp'));
    expect([raster.data[0], raster.data[15]]).toEqual([0, 255]);
  });

  it('blends with what came in at less than full opacity', async () => {
    const words = (opacity: string, name: string) =>
      runCli([
        'filter',
        'guided-filter',
        ...pair(),
        '--output',
        at(name),
        '--opacity',
        opacity,
        '--set',
        'epsilon=1',
      ]);
    await Promise.all([words('1', 'full.npy'), words('0.5', 'half.npy'), words('0', 'none.npy')]);
    const [full, half, none] = await Promise.all(
      ['full.npy', 'half.npy', 'none.npy'].map(async (name) => (await readImage(at(name))).raster.data),
    );
    const middle = 24 * 64 + 29;
    expect(half![middle]).toBeCloseTo((full![middle]! + none![middle]!) / 2, 3);
    expect(full![middle]).not.toBeCloseTo(none![middle]!, 1);
  });
});

describe('sidelight run', () => {
  const recipe = () => ({
    ...newRecipe(),
    inputs: {
      target: { path: 'depth.png', unknownMarker: 'none', unit: 'px' },
      guidance: { path: 'photo.png', unknownMarker: 'none', unit: 'none' },
      reference: null,
    },
    steps: [defaultStep(filterById('guided-filter').description, 'smooth')],
  });

  it('applies a recipe to the files it names, from wherever it is called', async () => {
    await writeFile(at('recipe.json'), JSON.stringify(recipe()));
    const result = await runCli(['run', at('recipe.json'), '--output', at('run.png'), '--json'], {
      cwd: tmpdir(),
    });
    expect(parseOutput(result)).toMatchObject({
      document: { unit: 'px' },
      settings: { format: 'png', sampleType: 'u16' },
      export: { size: { width: 64, height: 48 } },
    });
    await runCli(['filter', 'guided-filter', ...pair(), '--output', at('same.png')]);
    const [run, same] = await Promise.all([readImage(at('run.png')), readImage(at('same.png'))]);
    expect(run.raster.data).toEqual(same.raster.data);
  });

  it('takes other files from the command line', async () => {
    const { inputs: _, ...rest } = recipe();
    const bare = { ...rest, inputs: newRecipe().inputs };
    await writeFile(at('bare.json'), JSON.stringify(bare));
    const result = await runCli(['run', at('bare.json'), ...pair(), '--output', at('run2.tif'), '--json']);
    expect(parseOutput(result)).toMatchObject({ settings: { format: 'tiff', sampleType: 'u16' } });
    const without = await runCli(['run', at('bare.json'), '--output', at('run3.png'), '--json']);
    expect(parseOutput(without)).toMatchObject({ error: { code: 'target-missing' } });
    expect(without.exitCode).toBe(2);
  });

  it.each([
    ['that is no JSON', '{"version": 1', 3, 'recipe-invalid'],
    ['of a newer version', JSON.stringify({ ...newRecipe(), version: 9 }), 3, 'recipe-invalid'],
    ['with a wrong parameter', 'wrong-parameter', 2, 'parameter-invalid'],
    ['with a filter that is gone', 'wrong-filter', 2, 'filter-unknown'],
  ])('refuses a recipe %s', async (_, text, exitCode, code) => {
    const [step] = recipe().steps;
    const written = {
      'wrong-parameter': { ...step, parameters: { radius: -1 } },
      'wrong-filter': { ...step, filter: 'x' },
    };
    const wrong = written[text as keyof typeof written];
    await writeFile(at('bad.json'), wrong ? JSON.stringify({ ...recipe(), steps: [wrong] }) : text);
    const result = await runCli(['run', at('bad.json'), '--output', at('never.png'), '--json']);
    expect(parseOutput(result)).toMatchObject({ error: { code, details: { path: expect.any(String) } } });
    expect(result.exitCode).toBe(exitCode);
    expect(await readdir(folder)).not.toContain('never.png');
  });

  it('says when the recipe is not there', async () => {
    const result = await runCli(['run', at('nowhere.json'), '--output', at('never.png')]);
    expect(result.exitCode).toBe(3);
    expect(result.err).toContain('There is no file');
  });
});
