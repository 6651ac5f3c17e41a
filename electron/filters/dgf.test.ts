import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropRaster } from '../raster/crop';
import { createRaster, type Raster } from '../raster/raster';
import { completeParameters } from '../recipe/parameters';
import { dgf } from './dgf';
import { asColumns, asRows, interpolation, partOf } from './dgf/enlargement';
import type { FilterInput } from './filter';
import type { DgfModel } from './networkModel';
import { exactLayer, cloneModel as model, overviewOf, reducedOf } from './testing/clones';
import { edgedNoise, inputOf, largestDifference } from './testing/filterInputs';

const parameters = completeParameters(dgf.description, {
  operator: 'l0-smoothing',
  variant: 'c',
  side: '64',
});

const filtered = (input: FilterInput, overview: Raster, { runtime } = exactLayer()) =>
  dgf.apply({ ...input, guidance: null, overview }, parameters, runtime);

describe('enlarging coefficients', () => {
  it('is bilinear interpolation between pixel centres', () => {
    // Two pixels over eight: centres at 2 and 6.
    const { first, count, weights } = interpolation(2, 8, 0, 8);
    expect([first, count]).toEqual([0, 2]);
    const ofSecond = Array.from(weights).filter((_, i) => i % 2 === 1);
    expect(ofSecond).toEqual([0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1]);
  });

  it('of a part is the part of the enlarged whole, from only the pixels it needs', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(59),
        fc.nat(59),
        (length, whole, from, size) => {
          const begin = from % whole;
          const count = 1 + (size % (whole - begin));
          const line = Array.from({ length }, (_, i) => ((i * 37) % 11) + 1);
          const sample = ({ first, count: taps, weights }: ReturnType<typeof interpolation>, pixel: number) =>
            Array.from({ length: taps }, (_, k) => weights[pixel * taps + k]! * line[first + k]!).reduce(
              (sum, value) => sum + value,
              0,
            );
          const all = interpolation(length, whole, 0, whole);
          const part = interpolation(length, whole, begin, count);
          expect(part.first + part.count).toBeLessThanOrEqual(length);
          for (let pixel = 0; pixel < count; pixel += 1)
            expect(sample(part, pixel)).toBeCloseTo(sample(all, begin + pixel), 4);
        },
      ),
    );
  });

  it('takes rows and columns of every channel', () => {
    const data = Float32Array.from({ length: 2 * 3 * 4 }, (_, i) => i);
    const tensor = { data, channels: 2, height: 3, width: 4 };
    const part = partOf(tensor, { first: 1, count: 2 }, { first: 2, count: 2 });
    expect(part).toEqual({
      data: Float32Array.from([6, 7, 10, 11, 18, 19, 22, 23]),
      channels: 2,
      height: 2,
      width: 2,
    });
    const line = { first: 0, count: 2, weights: Float32Array.from([1, 0, 0.5, 0.5, 0, 1]) };
    expect(asRows(line)).toMatchObject({ height: 3, width: 2 });
    expect(asColumns(line)).toEqual({
      data: Float32Array.from([1, 0.5, 0, 0, 0.5, 1]),
      channels: 1,
      height: 2,
      width: 3,
    });
  });
});

describe('the deep guided filter', () => {
  const picture = edgedNoise(97, 71, 3, 4, 255);
  const overview = overviewOf(picture, 16);

  it('applies the enlarged coefficients to the picture', async () => {
    const flat = createRaster({
      width: 8,
      height: 8,
      channels: 3,
      data: new Float32Array(192).fill(51),
      sampleType: 'u8',
      fullScale: { min: 0, max: 255 },
    });
    const result = await filtered(inputOf(flat, flat), overviewOf(flat, 2));
    // 0.2 of the range: 0.1 · 0.2 + 0.2.
    expect(largestDifference(result.data, new Float32Array(192).fill(0.22 * 255))).toBeLessThan(1e-3);
  });

  it('gives the same in tiles, and computes the coefficients once', async () => {
    const layer = exactLayer();
    const whole = await filtered(inputOf(picture, picture), overview, layer);
    for (const region of [
      { x: 0, y: 0, width: 30, height: 20 },
      { x: 60, y: 40, width: 37, height: 31 },
    ]) {
      const tile = await filtered(inputOf(picture, picture, region), overview, layer);
      expect(largestDifference(tile.data, cropRaster(whole, region).data)).toBeLessThan(1e-3);
    }
    expect(layer.runs).toEqual(['coefficients', 'result', 'result', 'result']);
  });

  it('tells the network the operator’s parameters, and the layer nothing', async () => {
    const conditions = [{ name: 'lambda', min: 0.005, max: 0.08, scale: 'log' as const }];
    const layer = exactLayer([model('c', 64, conditions), model('can', null, conditions)]);
    const filteredAt = (lambda: number, variant: string, from: Raster | null = overview) =>
      dgf.apply(
        { ...inputOf(picture, picture), guidance: null, overview: from },
        { ...parameters, variant, lambda },
        layer.runtime,
      );
    for (const lambda of [0.02, 0.02, 0.08]) await filteredAt(lambda, 'c');
    expect(layer.runs).toEqual(['coefficients', 'result', 'result', 'coefficients', 'result']);
    expect(layer.told).toEqual([[0.5], null, null, [1], null]);
    await filteredAt(0.01, 'can', null);
    expect([layer.runs.at(-1), layer.told.at(-1)]).toEqual(['result', [0.25]]);
  });

  it('tells a network that wants it the texture in quarters of the range, once, and others nothing', async () => {
    const { picture: small, texture } = reducedOf(picture, 16);
    const filteredWith = async (wanted: boolean, overviewTexture: Raster | null) => {
      const layer = exactLayer([{ ...model('c', 64), id: `texture-${wanted}`, texture: wanted }]);
      const input = { ...inputOf(picture, picture), guidance: null, overview: small, overviewTexture };
      await dgf.apply(input, parameters, layer.runtime);
      await dgf.apply(input, parameters, layer.runtime);
      return layer.textures;
    };
    const [told, ...rest] = await filteredWith(true, texture);
    expect(rest).toEqual([null, null]);
    expect(told).toMatchObject({ channels: 3, width: small.width, height: small.height });
    const { min, max } = inputOf(picture, picture).target.valueRange;
    const quarters = texture!.data.map((value) => (4 * value) / (max - min));
    expect(largestDifference(told!.data, quarters)).toBeLessThan(1e-6);
    expect(await filteredWith(false, null)).toEqual([null, null, null]);
    const nowhere = { ...inputOf(picture, picture), guidance: null, overview: { ...small } };
    const layer = exactLayer([{ ...model('c', 64), texture: true }]);
    await expect(dgf.apply(nowhere, parameters, layer.runtime)).rejects.toThrow(TypeError);
  });

  it('takes a grey picture for one of three equal channels', async () => {
    const grey = edgedNoise(40, 30, 1, 5, 255);
    const tripled = createRaster({
      ...grey,
      channels: 3,
      data: Float32Array.from([...grey.data, ...grey.data, ...grey.data]),
    });
    const one = await filtered(inputOf(grey, grey), overviewOf(grey, 16));
    const three = await filtered(inputOf(tripled, tripled), overviewOf(tripled, 16));
    expect(one.channels).toBe(1);
    expect(largestDifference(one.data, three.data.slice(0, grey.data.length))).toBeLessThan(1e-3);
  });

  it('gives no colour where the operator has none', async () => {
    const style = { ...model('c', 64), operator: 'style-transfer' };
    const result = await dgf.apply(
      { ...inputOf(picture, picture), guidance: null, overview },
      { ...parameters, operator: 'style-transfer' },
      exactLayer([style]).runtime,
    );
    const pixels = picture.width * picture.height;
    expect(result.data.slice(pixels, 2 * pixels)).toEqual(result.data.slice(0, pixels));
    expect(result.data.slice(2 * pixels)).toEqual(result.data.slice(0, pixels));
  });

  it('asks for the overview that its model was trained on, or for its surroundings', () => {
    const context = (models: DgfModel[]) => ({ factor: { x: 1, y: 1 }, noise: 0, models: () => models });
    expect(dgf.tileNeeds(parameters, context([model('c', 64)]))).toMatchObject({
      reach: 0,
      overview: { shortSide: 64, texture: false },
    });
    const textured = context([{ ...model('c', 64), texture: true }]);
    expect(dgf.tileNeeds(parameters, textured).overview).toEqual({ shortSide: 64, texture: true });
    const whole = dgf.tileNeeds({ ...parameters, variant: 'can' }, context([model('can', null)]));
    expect(whole).toMatchObject({ reach: 33 });
    expect(whole.overview).toBeUndefined();
  });

  it('says which model it uses, and which parameter that one does not know', () => {
    const context = (conditions: DgfModel['conditions']) => ({
      factor: { x: 1, y: 1 },
      noise: 0,
      models: () => [model('c', 64, conditions)],
    });
    const uses = 'The deep guided filter uses its model “L0 c 64”.';
    const changed = { ...parameters, lambda: 0.05 };
    const lambda = { name: 'lambda', min: 0.005, max: 0.08, scale: 'log' as const };
    expect(dgf.notices?.(parameters, context([]))).toEqual([uses]);
    expect(dgf.notices?.(changed, context([lambda]))).toEqual([uses]);
    expect(dgf.notices?.(changed, context([]))).toEqual([
      uses,
      'This model knows “Flattening” at 0.02 alone: 0.05 makes no difference.',
    ]);
  });
});
