import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readImage } from '../../codecs/read';
import type { ParameterValues } from '../../contract/filters';
import type { OwnNetwork } from '../../contract/ownNetworks';
import type { Step } from '../../contract/recipe';
import { largestDifference } from '../../filters/testing/filterInputs';
import { channelOf, type Raster, type RasterInit } from '../../raster/raster';
import { bound, evaluatorOf, runOf, wholeResult } from '../testing/evaluators';
import { ownModelPath, ownModelsHere } from '../testing/ownModels';
import { documentOf, SessionAtWork, tileOf } from '../testing/sessionAtWork';
import { pictureOf, processingOf, sourceOf, stepOf } from '../testing/sources';

let at: SessionAtWork;
beforeEach(() => {
  at = new SessionAtWork();
});
afterEach(() => at.end());

async function openModel(path: string): Promise<OwnNetwork> {
  at.engine.files.permitReading(path, path);
  return at.session.openModel({ fileId: path });
}

/** A step of a network that is known by its fingerprint, whatever its name. */
const ownStep = (parameters: ParameterValues, change: Partial<Step> = {}) =>
  stepOf('own-network', { ...change, parameters: { model: 'mine.onnx', ...parameters } });

const alone = (parameters: ParameterValues) => ({
  ...documentOf(ownStep(parameters)),
  guidance: null,
});

/** So exact that a result which is linear in the picture comes back as such. */
const exact = { layer: 'custom', radius: 2, epsilon: 1e-8, side: 64 } as const;

let written = 0;
/** What an export of floats holds. */
async function exported(parameters: ParameterValues): Promise<Raster> {
  written += 1;
  const path = join(at.folder.path, `out-${written}.npy`);
  await at.session.exportResult(at.exportTo(path, { document: alone(parameters) }));
  return (await readImage(path)).raster;
}

async function resultOf(name: string, picture: RasterInit, parameters: ParameterValues): Promise<Raster> {
  await at.open('target', picture);
  const { fingerprint } = await openModel(ownModelPath(name));
  return exported({ fingerprint, ...parameters });
}

const rounded = (picture: RasterInit) => ({ ...picture, data: picture.data.map(Math.round) });

/** Upright stripes of four colours, with a little texture, whose borders fall on no grid. */
function stripes(width: number, height: number) {
  const labelAt = (x: number) => Math.floor((x * 4) / width);
  const colours = [
    [12, 16, 8],
    [200, 40, 30],
    [30, 180, 50],
    [40, 30, 210],
  ] as const;
  const data = Float32Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = i % (width * height);
    return colours[labelAt(pixel % width)]![Math.floor(i / (width * height))]! + ((pixel * 7) % 5);
  });
  const picture: RasterInit = {
    width,
    height,
    channels: 3,
    data,
    sampleType: 'u8',
    fullScale: { min: 0, max: 255 },
  };
  return { picture, labels: Float32Array.from({ length: width * height }, (_, i) => labelAt(i % width)) };
}

describe('networks of different kinds give full resolution', () => {
  const picture = rounded(pictureOf(203, 131, 3));

  it('a picture from one of any size, in colours', async () => {
    const result = await resultOf('warmer', picture, exact);
    const [red, , blue] = [0, 1, 2].map((channel) => channelOf(result, channel));
    const original = { ...result, data: picture.data };
    const expected = (channel: number, factor: number, summand: number) =>
      channelOf(original, channel).map((value) => value * factor + summand * 255);
    expect(result.channels).toBe(3);
    expect(largestDifference(red!, expected(0, 1.2, 0.02))).toBeLessThan(0.05);
    expect(largestDifference(blue!, expected(2, 0.8, -0.02))).toBeLessThan(0.05);
  });

  it('a map from one of a fixed size, 0…255, blue first, with mean and deviation', async () => {
    const result = await resultOf('depth', picture, {
      ...exact,
      range: 'byte',
      order: 'bgr',
      normalisation: 'custom',
      ...{ meanRed: 123, meanGreen: 117, meanBlue: 104, deviationBlue: 2 },
      values: 'raw',
    });
    const pixels = 203 * 131;
    const expected = picture.data.slice(0, pixels).map((red, i) => {
      const [green, blue] = [picture.data[pixels + i]!, picture.data[2 * pixels + i]!];
      return (5 * (blue - 104)) / 2 + 2 * (green - 117) + (red - 123);
    });
    expect(result).toMatchObject({ channels: 1, width: 203, height: 131 });
    expect(largestDifference(result.data, expected)).toBeLessThan(0.5);
  });

  it('the strongest class in every pixel, with borders where the picture has them', async () => {
    const { picture: striped, labels } = stripes(203, 131);
    const result = await resultOf('classes', striped, { side: 64 });
    const wrong = result.data.reduce((sum, label, i) => sum + Number(label !== labels[i]), 0);
    expect(new Set(result.data)).toEqual(new Set([0, 1, 2, 3]));
    expect(wrong / labels.length).toBeLessThan(0.005);
  });

  it('the probability of one class', async () => {
    const { picture: striped, labels } = stripes(120, 80);
    const result = await resultOf('classes', striped, { side: 64, output: 'channel', channel: 2 });
    const inside = result.data.filter((_, i) => labels[i] === 2);
    const outside = result.data.filter((_, i) => labels[i] === 0);
    expect(Math.min(...inside)).toBeGreaterThan(150);
    expect(Math.max(...outside)).toBeLessThan(60);
  });

  it('a map from whole numbers, channels last and no picture count', async () => {
    const result = await resultOf('bytes-to-map', picture, exact);
    const pixels = 203 * 131;
    const mean = picture.data
      .slice(0, pixels)
      .map((red, i) => (red + picture.data[pixels + i]! + picture.data[2 * pixels + i]!) / 3);
    // The network itself sees bytes.
    expect(largestDifference(result.data, mean)).toBeLessThan(3);
  });

  it('a picture in halves', async () => {
    const result = await resultOf('halves', picture, exact);
    expect(
      largestDifference(
        result.data,
        picture.data.map((value) => 255 - value),
      ),
    ).toBeLessThan(1);
  });

  it('a map that is four times smaller than what the network was given', async () => {
    const result = await resultOf('quarter', picture, { ...exact, side: 128 });
    const pixels = 203 * 131;
    const mean = picture.data
      .slice(0, pixels)
      .map((red, i) => (red + picture.data[pixels + i]! + picture.data[2 * pixels + i]!) / 3);
    expect(largestDifference(result.data, mean)).toBeLessThan(0.05);
  });

  it('a grey picture counts as one of three equal colours', async () => {
    const grey = rounded(pictureOf(90, 70, 1));
    const result = await resultOf('warmer', grey, exact);
    expect(result.channels).toBe(3);
    expect(largestDifference(channelOf(result, 1), grey.data)).toBeLessThan(0.05);
    expect(
      largestDifference(
        channelOf(result, 0),
        grey.data.map((value) => 1.2 * value + 5.1),
      ),
    ).toBeLessThan(0.05);
  });
});

it.each(['warmer', 'depth', 'classes', 'quarter'])(
  'the smallest and the narrowest pictures work, with %s',
  async (name) => {
    for (const [width, height] of [
      [1, 1],
      [300, 1],
      [2, 90],
    ] as const) {
      const { data, ...size } = await resultOf(name, rounded(pictureOf(width, height, 3)), {});
      expect(size).toMatchObject({ width, height });
      expect(data.every(Number.isFinite)).toBe(true);
    }
  },
);

it('tiles and the whole agree', async () => {
  const own = ownModelsHere((path) => path);
  const { fingerprint } = await own.open(ownModelPath('classes'), ownModelPath('classes'));
  const target = sourceOf(pictureOf(260, 190, 3));
  const step = ownStep({ fingerprint, side: 64, output: 'channel', channel: 1 });
  const document = bound(target, null, processingOf(step));
  const run = { ...runOf(), runtime: { ...runOf().runtime, own } };
  const tiled = await wholeResult(evaluatorOf({ tileBytes: 1, own }), document, run);
  const whole = await wholeResult(evaluatorOf({ tileBytes: 1e9, own }), document, run);
  expect(tiled.channels).toBe(1);
  expect(tiled.data).toEqual(whole.data);
});

it('labels are never mixed, seen from afar either, nor written where they would change', async () => {
  const own = ownModelsHere((path) => path);
  const { fingerprint } = await own.open(ownModelPath('classes'), ownModelPath('classes'));
  const target = sourceOf(stripes(203, 131).picture);
  const document = bound(target, null, processingOf(ownStep({ fingerprint, side: 64 })));
  const run = { ...runOf(), runtime: { ...runOf().runtime, own } };
  const region = { x: 0, y: 0, width: 51, height: 33 };
  const { raster } = await evaluatorOf({ own }).evaluate(document, region, 2, run);
  expect(new Set(raster.data)).toEqual(new Set([0, 1, 2, 3]));

  await at.open('target', stripes(203, 131).picture);
  await openModel(ownModelPath('classes'));
  const path = join(at.folder.path, 'labels.jpg');
  const lossy = { ...at.exportTo(path).settings, format: 'jpeg', sampleType: 'u8' } as const;
  await expect(
    at.session.exportResult(
      at.exportTo(path, { document: alone({ fingerprint, side: 64 }), settings: lossy }),
    ),
  ).rejects.toMatchObject({ code: 'format-unsupported' });
});

describe('around a map of a colour picture', () => {
  it('the document says that its result has one channel, and what was found out', async () => {
    await at.open('target', pictureOf(40, 30, 3));
    const { fingerprint } = await openModel(ownModelPath('depth'));
    const { channels, notices } = await at.session.describeDocument({ document: alone({ fingerprint }) });
    expect(channels).toBe(1);
    expect(notices.join(' ')).toContain('“depth.onnx” takes 3 channels of 64 × 48 pixels (NHWC, float32)');
    expect(notices.join(' ')).toContain('values of 0…1, red first');
  });

  it('later steps, opacity, tiles and differences take it as it is', async () => {
    await at.open('target', rounded(pictureOf(96, 64, 3)));
    const { fingerprint } = await openModel(ownModelPath('quarter'));
    const parameters = { fingerprint, side: 64 };
    const blended = documentOf(ownStep(parameters, { opacity: 0.5 }));
    expect(await at.session.describeDocument({ document: { ...blended, guidance: null } })).toMatchObject({
      channels: 3,
    });
    const after = documentOf(
      ownStep(parameters),
      stepOf('guided-filter', { guidance: 'input', parameters: { radius: 1 } }),
      ownStep(parameters, { id: 'again' }),
    );
    for (const document of [blended, after])
      for (const layer of ['result', 'difference'] as const) {
        const rgba = await at.rgbaOf({ document: { ...document, guidance: null }, layer });
        expect(rgba).toHaveLength(32 * 32 * 4);
      }
  });

  it('half of it is a blend with the picture', async () => {
    const picture = rounded(pictureOf(96, 64, 3));
    const map = await resultOf('quarter', picture, { side: 64 });
    const { fingerprint } = await openModel(ownModelPath('quarter'));
    const path = join(at.folder.path, 'half.npy');
    const step = ownStep({ fingerprint, side: 64 }, { opacity: 0.5 });
    const document = { ...documentOf(step), guidance: null };
    await at.session.exportResult(at.exportTo(path, { document }));
    const { raster } = await readImage(path);
    const expected = picture.data.map((value, i) => 0.5 * value + 0.5 * map.data[i % map.data.length]!);
    expect(largestDifference(raster.data, expected)).toBeLessThan(1e-3);
  });
});

describe('a network that fails', () => {
  it('at work says so, and everything else goes on', async () => {
    await at.open('target', { ...pictureOf(96, 64, 3), data: new Float32Array(96 * 64 * 3).fill(255) });
    const { fingerprint } = await openModel(ownModelPath('bad-later-not-numbers'));
    await expect(exported({ fingerprint })).rejects.toMatchObject({
      code: 'own-model-failed',
      message: expect.stringContaining('not numbers'),
    });
    await at.open('guidance', pictureOf(96, 64, 3));
    expect(await at.rgbaOf({ document: documentOf(stepOf('guided-filter')) })).toHaveLength(32 * 32 * 4);
    const good = await openModel(ownModelPath('warmer'));
    expect((await exported({ fingerprint: good.fingerprint })).channels).toBe(3);
  });

  it('that is asked for what it does not give says what it gives', async () => {
    await at.open('target', pictureOf(40, 30, 3));
    const { fingerprint } = await openModel(ownModelPath('quarter'));
    for (const wrong of [{ output: 'image' }, { output: 'classes' }, { output: 'channel', channel: 1 }])
      await expect(
        at.session.describeDocument({ document: alone({ fingerprint, ...wrong }) }),
      ).rejects.toMatchObject({
        code: 'parameter-invalid',
        message: expect.stringContaining('gives one channel'),
      });
  });

  it('that is not chosen, not open or not the user’s is asked for', async () => {
    await at.open('target', pictureOf(40, 30, 3));
    for (const parameters of [
      { model: '' },
      { model: 'nets/a.onnx' },
      { model: 'a.onnx', fingerprint: 'a'.repeat(64) },
    ])
      await expect(at.session.describeDocument({ document: alone(parameters) })).rejects.toMatchObject({
        code: 'own-model-missing',
      });
    const region = { x: 0, y: 0, width: 40, height: 30 };
    await expect(at.session.renderTile(tileOf({ document: alone({}), region }))).rejects.toMatchObject({
      code: 'own-model-missing',
    });
    expect(() => at.session.openModel({ fileId: '/etc/hostname' })).toThrow(
      expect.objectContaining({ code: 'file-not-permitted' }),
    );
  });

  it('whose file changed since is not run unseen', async () => {
    await at.open('target', pictureOf(40, 30, 3));
    const path = join(at.folder.path, 'mine.onnx');
    copyFileSync(ownModelPath('warmer'), path);
    const { fingerprint } = await openModel(path);
    copyFileSync(ownModelPath('quarter'), path);
    await expect(exported({ fingerprint })).rejects.toMatchObject({
      code: 'own-model-missing',
      message: expect.stringContaining('has changed'),
    });
    const again = await openModel(path);
    expect(again.fingerprint).not.toBe(fingerprint);
    expect((await exported({ fingerprint: again.fingerprint })).channels).toBe(1);
  });
});
