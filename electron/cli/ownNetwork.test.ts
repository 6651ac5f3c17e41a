import { copyFile, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readImage } from '../codecs/read';
import { filterById } from '../filters/list';
import { defaultStep, newRecipe } from '../recipe/defaults';
import { parseOutput, runCli } from './testing/cliProcess';
import { writePicture } from './testing/pictures';

const fixture = (name: string) =>
  fileURLToPath(new URL(`../engine/own/fixtures/${name}.onnx`, import.meta.url));

let folder: string;
let photo: string;
const at = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-cli-own-'));
  photo = await writePicture(folder, 'photo.png', {
    width: 120,
    height: 80,
    channels: 3,
    value: (x, y, channel) => (x < 57 ? 40 : 180) + channel * 10 + ((x * y) % 5),
  });
});
afterAll(() => rm(folder, { recursive: true }));

describe('sidelight inspect-model', () => {
  it('says what was found out', async () => {
    const { exitCode, out } = await runCli(['inspect-model', fixture('depth')]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^depth\.onnx\n/);
    expect(out).toMatch(/Input +image: 3 channels, NHWC, float32, 64 × 48 only/);
    expect(out).toMatch(/Output +depth: one channel, NHWC, float32: a map/);
    const json = parseOutput(await runCli(['inspect-model', fixture('classes'), '--json']));
    expect(json.network).toMatchObject({
      input: { multiple: 8 },
      output: { channels: 4 },
      otherOutputs: ['summary'],
    });
  });

  it.each([
    ['a text', async (file: string) => writeFile(file, 'A letter.'), 'not an ONNX file'],
    [
      'an enormous file',
      async (file: string) => writeFile(file, '').then(() => truncate(file, 5e9)),
      '5.0 GB',
    ],
    [
      'a model that fails',
      async (file: string) => copyFile(fixture('bad-throws'), file),
      'fails when it is run',
    ],
    ['a model of words', async (file: string) => copyFile(fixture('bad-no-image'), file), 'takes int64'],
  ])('refuses %s and says why', async (_, make, why) => {
    const file = at('bad.onnx');
    await make(file);
    const { exitCode, out, err } = await runCli(['inspect-model', file]);
    expect({ exitCode, out }).toEqual({ exitCode: 7, out: '' });
    expect(err).toContain(why);
    expect(err.trim().split('\n')).toHaveLength(2);
  });

  it('names a file that is not there', async () => {
    const { exitCode, err } = await runCli(['inspect-model', at('nowhere.onnx')]);
    expect(exitCode).toBe(3);
    expect(err).toContain('nowhere.onnx');
  });
});

describe('sidelight filter own-network', () => {
  it('writes what the network gives at the size of the picture', async () => {
    const words = ['filter', 'own-network', '--target', photo, '--output', at('map.npy'), '--set', 'side=64'];
    const result = await runCli([...words, '--set', `model=${fixture('quarter')}`]);
    expect(result).toMatchObject({ exitCode: 0 });
    expect(result.err).toContain('“quarter.onnx” takes 3 channels with sides that are multiples of 4');
    const { raster } = await readImage(at('map.npy'));
    expect(raster).toMatchObject({ width: 120, height: 80, channels: 1 });
    // The mean of three channels, at both sides of the edge.
    expect(
      [raster.data[40 * 120 + 10], raster.data[40 * 120 + 110]].map((value) => Math.round(value! / 10)),
    ).toEqual([5, 19]);
  });

  it('without a model asks for one and writes nothing', async () => {
    const { exitCode, err } = await runCli([
      'filter',
      'own-network',
      '--target',
      photo,
      '--output',
      at('none.png'),
    ]);
    expect(exitCode).toBe(7);
    expect(err).toContain('No network is chosen yet.');
    expect(await readdir(folder)).not.toContain('none.png');
  });
});

describe('a recipe with a network', () => {
  it('finds it beside itself, and notices when it has changed', async () => {
    await copyFile(fixture('warmer'), at('mine.onnx'));
    const step = defaultStep(filterById('own-network').description, 's');
    const recipe = {
      ...newRecipe(),
      steps: [
        { ...step, parameters: { ...step.parameters, model: 'mine.onnx', fingerprint: 'a'.repeat(64) } },
      ],
    };
    await writeFile(at('recipe.json'), JSON.stringify(recipe));
    const run = await runCli(['run', at('recipe.json'), '--target', photo, '--output', at('warm.png')], {
      cwd: tmpdir(),
    });
    expect(run).toMatchObject({ exitCode: 0, err: expect.stringContaining('mine.onnx has changed since') });
    expect((await readImage(at('warm.png'))).raster.channels).toBe(3);
  });
});
