import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readImage } from '../codecs/read';
import { presets } from '../filters/presets/list';
import { newRecipe } from '../recipe/defaults';
import { parseOutput, runCli } from './testing/cliProcess';
import { writePicture } from './testing/pictures';

/** Inputs lie in one folder, outputs in another: whatever is found there was written. */
let inputs: string;
let outputs: string;
let photo: string;
let labels: string;

beforeAll(async () => {
  inputs = await mkdtemp(path.join(tmpdir(), 'sidelight-presets-'));
  photo = await writePicture(inputs, 'photo.png', {
    width: 48,
    height: 32,
    channels: 3,
    value: (x, y, channel) => (x < 20 ? 40 : 190) + 10 * channel + ((7 * x + 13 * y) % 17),
  });
  labels = await writePicture(inputs, 'labels.png', {
    width: 12,
    height: 8,
    channels: 1,
    value: (x, y) => (x < 5 ? 0 : y < 4 ? 15 : 255),
  });
});
afterAll(() => rm(inputs, { recursive: true }));
beforeEach(async () => {
  outputs = await mkdtemp(path.join(tmpdir(), 'sidelight-presets-out-'));
  return () => rm(outputs, { recursive: true, force: true });
});

const output = (name: string) => path.join(outputs, name);
const filter = (...words: string[]) => runCli(['filter', ...words, '--json', '--quiet']);

describe('sidelight presets', () => {
  it('lists them as they are, and says what each one needs', async () => {
    expect(parseOutput(await runCli(['presets', '--json'])).presets).toEqual(presets);
    const text = (await runCli(['presets'])).out;
    for (const { id, title, targetTitle } of presets) {
      expect(text).toContain(`${id}  (${title})`);
      expect(text).toContain(targetTitle);
    }
  });
});

describe('sidelight filter --preset', () => {
  it('refines a class map to exactly its labels, in the file as it was', async () => {
    const result = await filter(
      '--preset',
      'classes',
      '--target',
      labels,
      '--guidance',
      photo,
      '--output',
      output('classes.png'),
    );
    expect(parseOutput(result)).toMatchObject({
      target: { unknownMarker: 'none' },
      settings: { sampleType: 'u8' },
      export: { size: { width: 48, height: 32 }, unknownPixels: 0 },
    });
    const { raster } = await readImage(output('classes.png'));
    expect(new Set(raster.data)).toEqual(new Set([0, 15, 255]));
  });

  it('refines a map alike at any size of its photo: the radius grows with it', async () => {
    const large = await writePicture(inputs, 'large.png', {
      width: 1000,
      height: 40,
      channels: 3,
      value: (x) => (x < 500 ? 40 : 190),
    });
    const map = await writePicture(inputs, 'map.png', {
      width: 125,
      height: 5,
      channels: 1,
      value: (x) => (x < 62 ? 0 : 255),
    });
    const refined = async (name: string, ...words: string[]) => {
      const pictures = ['--target', map, '--guidance', large, '--output', output(name)];
      const result = await runCli(['filter', ...words, ...pictures]);
      expect(result.exitCode).toBe(0);
      return { bytes: await readFile(output(name)), ...result };
    };
    const preset = await refined('preset.png', '--preset', 'refine-depth');
    expect(preset.err).toContain('radius is 8 for a photo of this size: 4 in the preset.');
    const named = ['guided-filter', '--set', 'epsilon=0.01', '--set'];
    expect(preset.bytes).toEqual((await refined('eight.png', ...named, 'radius=8')).bytes);
    const asWritten = await refined('set.png', '--preset', 'refine-depth', '--set', 'radius=4');
    expect(asWritten.bytes).toEqual((await refined('four.png', ...named, 'radius=4')).bytes);
    expect(asWritten.bytes).not.toEqual(preset.bytes);
    expect(asWritten.err).not.toContain('photo of this size');
  });

  it('refuses what cannot hold labels exactly', async () => {
    const words = ['--preset', 'classes', '--target', labels, '--guidance', photo];
    const result = await filter(...words, '--output', output('classes.jpg'));
    expect(parseOutput(result)).toMatchObject({ error: { code: 'format-unsupported' } });
    expect(await readdir(outputs)).toEqual([]);
  });

  it('says when two photos are not of the same shape', async () => {
    const odd = await writePicture(inputs, 'odd.png', {
      width: 31,
      height: 32,
      channels: 3,
      value: (x) => x,
    });
    const result = await filter(
      '--preset',
      'flash',
      '--target',
      odd,
      '--guidance',
      photo,
      '--output',
      output('x.png'),
    );
    expect(parseOutput(result)).toMatchObject({ error: { code: 'aspect-mismatch' } });
    expect(result.exitCode).toBe(3);
  });
});

describe('--keep-iterations', () => {
  const words = (...more: string[]) => [
    'guided-filter',
    '--target',
    photo,
    '--self-guided',
    '--iterations',
    '3',
    '--set',
    'radius=2',
    ...more,
  ];

  it('writes the picture after each iteration beside the result', async () => {
    const result = await filter(...words('--keep-iterations', '--output', output('plain.png')));
    expect(result).toMatchObject({ exitCode: 0, err: '' });
    const names = ['plain.iteration-1.png', 'plain.iteration-2.png', 'plain.png'];
    expect((await readdir(outputs)).sort()).toEqual(names);
    expect(parseOutput(result)).toMatchObject({
      export: { path: output('plain.png') },
      iterations: [{ path: output(names[0]!) }, { path: output(names[1]!) }],
    });
    await filter(...words('--iterations', '1', '--output', output('once.png')));
    const bytes = (name: string) => readFile(output(name));
    expect(await bytes('once.png')).toEqual(await bytes('plain.iteration-1.png'));
    expect(await bytes('plain.iteration-2.png')).not.toEqual(await bytes('plain.png'));
  });

  it('leaves nothing half done where a file is there already', async () => {
    await writeFile(output('plain.png'), 'precious');
    const result = await filter(...words('--keep-iterations', '--output', output('plain.png')));
    expect(parseOutput(result)).toMatchObject({
      error: { code: 'file-exists', remedy: expect.stringContaining('--overwrite') },
    });
    expect(await readdir(outputs)).toEqual(['plain.png']);
    const again = words('--keep-iterations', '--overwrite', '--output', output('plain.png'));
    expect((await filter(...again)).exitCode).toBe(0);
    expect(await readdir(outputs)).toHaveLength(3);
  });

  it('are there for recipes too', async () => {
    const recipe = path.join(inputs, 'recipe.json');
    const step = { ...presets[0]!.processing.steps[0]!, filter: 'bicubic', parameters: {}, iterations: 2 };
    await writeFile(recipe, JSON.stringify({ ...newRecipe(), steps: [step] }));
    const run = ['run', recipe, '--target', photo, '--keep-iterations', '--output', output('run.png')];
    expect((await runCli(run)).out).toContain(`Wrote ${output('run.iteration-1.png')}`);
    expect((await readdir(outputs)).sort()).toEqual(['run.iteration-1.png', 'run.png']);
  });
});
