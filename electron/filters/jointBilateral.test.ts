import { describe, expect, it } from 'vitest';
import type { Rect } from '../contract/geometry';
import { cropRaster } from '../raster/crop';
import { knownRange } from '../raster/range';
import { createRaster, type Raster } from '../raster/raster';
import { coarseRegion, upsampleBicubic } from '../raster/upsample';
import { completeParameters } from '../recipe/parameters';
import opencv from './fixtures/opencv_joint_bilateral.json';
import { jointBilateral } from './jointBilateral';
import {
  edgedNoise,
  factorOf,
  inputOf,
  largestDifference,
  noNetworks,
  seededPick,
  tileFrom,
  tileWithHalo,
} from './testing/filterInputs';

const complete = (values: Record<string, number>) => completeParameters(jointBilateral.description, values);
const filter = (target: Raster, guidance: Raster, values: Record<string, number> = {}, region?: Rect) =>
  jointBilateral.apply(inputOf(target, guidance, region), complete(values), noNetworks);

interface Settings {
  readonly radius: number;
  readonly sigmaSpatial: number;
  readonly sigmaRange: number;
}

/** The definition as Kopf et al. give it, every target pixel weighed for every result pixel, in double precision. */
function slowJointBilateral(target: Raster, guidance: Raster, settings: Settings): Float64Array {
  const { radius, sigmaSpatial, sigmaRange } = settings;
  const factor = factorOf(target, guidance);
  const pixels = guidance.width * guidance.height;
  const guide = (x: number, y: number) =>
    Array.from({ length: guidance.channels }, (_, c) => guidance.data[c * pixels + y * guidance.width + x]!);
  const between = (x: number, y: number) => {
    const corners = [0, 1].flatMap((dy) =>
      [0, 1].map((dx) => {
        const [cx, cy] = [Math.floor(x) + dx, Math.floor(y) + dy];
        const share = (1 - Math.abs(x - cx)) * (1 - Math.abs(y - cy));
        return { share, values: share > 0 ? guide(cx, cy) : [] };
      }),
    );
    return Array.from({ length: guidance.channels }, (_, c) =>
      corners.reduce((sum, { share, values }) => sum + share * (values[c] ?? 0), 0),
    );
  };
  const samples = Array.from({ length: target.width * target.height }, (_, i) => {
    const [x, y] = [i % target.width, Math.floor(i / target.width)];
    const guideThere = between((x + 0.5) * factor.x - 0.5, (y + 0.5) * factor.y - 0.5);
    return { x, y, guide: guideThere, value: target.data[i]! };
  });
  return Float64Array.from({ length: pixels }, (_, pixel) => {
    const [column, row] = [pixel % guidance.width, Math.floor(pixel / guidance.width)];
    const here = guide(column, row);
    let [sum, total] = [0, 0];
    for (const sample of samples) {
      const squaredDistance =
        (sample.x - ((column + 0.5) / factor.x - 0.5)) ** 2 +
        (sample.y - ((row + 0.5) / factor.y - 0.5)) ** 2;
      if (squaredDistance > radius ** 2) continue;
      const squaredDifference =
        here.reduce((squares, value, c) => squares + (value - sample.guide[c]!) ** 2, 0) / here.length;
      const weight =
        Math.exp(-squaredDistance / (2 * sigmaSpatial ** 2)) *
        Math.exp(-squaredDifference / (2 * sigmaRange ** 2));
      total += weight;
      sum += weight * sample.value;
    }
    return sum / total;
  });
}

describe('joint bilateral filter', () => {
  it.each([
    { size: [19, 14], channels: 3, radius: 2, sigmaSpatial: 1, sigmaRange: 0.1 },
    { size: [19, 14], channels: 1, radius: 8, sigmaSpatial: 5, sigmaRange: 0.3 },
    { size: [9, 7], channels: 3, radius: 3, sigmaSpatial: 1, sigmaRange: 0.1 },
    { size: [6, 5], channels: 1, radius: 1, sigmaSpatial: 0.5, sigmaRange: 1 },
    { size: [7, 5], channels: 3, radius: 5, sigmaSpatial: 8, sigmaRange: 0.2 },
    { size: [36, 7], channels: 3, radius: 2, sigmaSpatial: 1.5, sigmaRange: 0.15 },
  ] as const)('equals the definition at any factor, borders included: %o', async (sample) => {
    const { size, channels, ...settings } = sample;
    const same = size[0] === 19;
    const guidance = edgedNoise(same ? 19 : 36, same ? 14 : 28, channels, 5);
    const target = edgedNoise(size[0], size[1], 1, 9);
    const fast = await filter(target, guidance, settings);
    expect(largestDifference(fast.data, slowJointBilateral(target, guidance, settings))).toBeLessThan(1e-6);
  });

  it.each(
    opencv.cases.map((sample) => [`${sample.channels} channels, r = ${sample.radius}`, sample] as const),
  )('agrees with OpenCV away from the border: %s', async (_title, { channels, result, ...settings }) => {
    const { width, height } = opencv;
    const grey = Float32Array.from(opencv.guidance);
    const data = channels === 3 ? Float32Array.of(...grey, ...grey, ...grey) : grey;
    const guidance = createRaster({ width, height, channels: channels as 1 | 3, data });
    const target = createRaster({ width, height, channels: 1, data: Float32Array.from(opencv.target) });
    const ours = await filter(target, guidance, settings);
    let compared = 0;
    for (let y = settings.radius; y < height - settings.radius; y += 1) {
      for (let x = settings.radius; x < width - settings.radius; x += 1) {
        // OpenCV computes in single precision.
        expect(Math.abs(ours.data[y * width + x]! - result[y * width + x]!)).toBeLessThan(2e-6);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  it('keeps a constant target exactly, in any unit', async () => {
    const guidance = edgedNoise(40, 30, 3, 2);
    for (const value of [0, 1234.5, -7]) {
      const flat = createRaster({ width: 8, height: 6, channels: 1, data: new Float32Array(48).fill(value) });
      for (const sigmaRange of [0.005, 0.1, 1]) {
        const result = await filter(flat, guidance, { sigmaRange });
        expect(new Set(result.data)).toEqual(new Set([value]));
      }
    }
  });

  it('is equivariant to shift and scale of the values, millimetres and 16 bits included', async () => {
    const guidance = edgedNoise(36, 28, 3, 6);
    const target = edgedNoise(18, 14, 1, 8);
    for (const sigmaRange of [0.005, 0.1]) {
      const result = await filter(target, guidance, { sigmaRange });
      for (const [scale, shift] of [
        [65535, 0],
        [10, 20000],
        [-3, 7],
      ] as const) {
        const moved = { ...target, data: target.data.map((value) => value * scale + shift) };
        const expected = result.data.map((value) => value * scale + shift);
        const difference = largestDifference((await filter(moved, guidance, { sigmaRange })).data, expected);
        // Single precision of values of this size.
        expect(difference).toBeLessThan(1e-6 * Math.abs(scale) + 2e-7 * Math.abs(shift));
      }
    }
  });

  it('gives the same in tiles with their halo as on the whole picture', async () => {
    const factors = [
      [1, 1],
      [2, 2],
      [3, 3],
      [8, 8],
      [2.6, 2.6],
      [1, 4],
      [5.3, 1.7],
    ] as const;
    for (let seed = 1; seed <= 60; seed += 1) {
      const pick = seededPick(seed);
      const [x, y] = factors[pick(factors.length)]!;
      const values = { radius: 1 + pick(4), sigmaRange: [0.02, 0.1, 0.5][pick(3)]!, sigmaSpatial: 2 };
      const channels = ([1, 3] as const)[pick(2)]!;
      const guidance = edgedNoise(24 + pick(60), 24 + pick(60), channels, 12 + seed);
      const size = { width: Math.floor(guidance.width / x), height: Math.floor(guidance.height / y) };
      const target = edgedNoise(size.width, size.height, 1, 31 + seed, 4000);
      const context = { factor: factorOf(target, guidance), noise: 0, models: () => [] };
      const place = tileFrom(pick, guidance);
      const halo = tileWithHalo(place, jointBilateral.tileNeeds(complete(values), context), guidance);
      const filtered = await filter(target, guidance, values, halo);
      const tile = cropRaster(filtered, { ...place, x: place.x - halo.x, y: place.y - halo.y });
      const expected = cropRaster(await filter(target, guidance, values), place);
      expect(largestDifference(tile.data, expected.data), `seed ${seed}`).toBeLessThan(1e-6 * 4000);
    }
  });

  it('is a Gaussian mean where the guidance is flat', async () => {
    const guidance = createRaster({ width: 9, height: 9, channels: 1, data: new Float32Array(81).fill(0.4) });
    const impulse = createRaster({
      width: 9,
      height: 9,
      channels: 1,
      data: Float32Array.from({ length: 81 }, (_, i) => (i === 40 ? 1 : 0)),
    });
    const { data } = await filter(impulse, guidance, { radius: 1, sigmaSpatial: 1 });
    const beside = Math.exp(-0.5);
    const total = 1 + 4 * beside;
    expect(data[40]).toBeCloseTo(1 / total, 6);
    expect(data[41]).toBeCloseTo(beside / total, 6);
    // The disc of radius 1 has no corners.
    expect(data[50]).toBe(0);
  });

  it('puts an edge of the target where the guidance has it, and adds no values', async () => {
    const guidance = createRaster({
      width: 32,
      height: 8,
      channels: 1,
      data: Float32Array.from({ length: 256 }, (_, i) => (i % 32 < 14 ? 0.1 : 0.9)),
    });
    const target = createRaster({
      width: 4,
      height: 1,
      channels: 1,
      data: Float32Array.of(100, 100, 700, 700),
    });
    const result = await filter(target, guidance);
    const row = [...result.data.subarray(0, 32)];
    expect(row.slice(0, 14)).toEqual(new Array(14).fill(100));
    expect(row.slice(14)).toEqual(new Array(18).fill(700));
  });

  it('enlarges bicubically, within the values there are, what looks like no sample at all', async () => {
    const target = edgedNoise(6, 6, 1, 3, 50);
    const data = new Float32Array(24 * 24).fill(0.2);
    const odd = 9 * 24 + 8;
    data[odd] = 1;
    const guidance = createRaster({ width: 24, height: 24, channels: 1, data });
    const result = await filter(target, guidance, { sigmaRange: 0.05 });
    const whole = { x: 0, y: 0, width: 24, height: 24 };
    const enlarged = upsampleBicubic(inputOf(target, guidance).target, whole);
    const { min, max } = knownRange(target)!;
    expect(result.data[odd]).toBe(Math.min(max, Math.max(min, enlarged.data[odd]!)));
    expect(result.data[odd + 1]).not.toBe(enlarged.data[odd + 1]);
    for (const value of result.data) expect(value >= min && value <= max).toBe(true);
  });

  it('filters every channel of a coloured target by the same weights, with its unit', async () => {
    const guidance = edgedNoise(24, 18, 3, 3);
    const target = { ...edgedNoise(12, 9, 3, 14), unit: 'mm' as const };
    const result = await filter(target, guidance);
    expect([result.channels, result.unit]).toEqual([3, 'mm']);
    for (let channel = 0; channel < 3; channel += 1) {
      const data = target.data.slice(channel * 108, (channel + 1) * 108);
      const alone = await filter(createRaster({ width: 12, height: 9, channels: 1, data }), guidance);
      expect(result.data.slice(channel * 432, (channel + 1) * 432)).toEqual(alone.data);
    }
  });

  it('weighs a grey guidance as the same grey in three channels', async () => {
    const guidance = edgedNoise(24, 18, 1, 3);
    const data = Float32Array.of(...guidance.data, ...guidance.data, ...guidance.data);
    const target = edgedNoise(8, 6, 1, 14);
    const tripled = await filter(target, createRaster({ width: 24, height: 18, channels: 3, data }));
    expect(largestDifference(tripled.data, (await filter(target, guidance)).data)).toBeLessThan(1e-7);
  });

  it('handles a single pixel, and a part of the target that holds no sample', async () => {
    const one = createRaster({ width: 1, height: 1, channels: 1, data: Float32Array.of(42) });
    const pixel = createRaster({ width: 1, height: 1, channels: 3, data: Float32Array.of(0.1, 0.2, 0.3) });
    expect([...(await filter(one, pixel)).data]).toEqual([42]);
    expect(new Set((await filter(one, edgedNoise(7, 5, 3, 1))).data)).toEqual(new Set([42]));

    const guidance = edgedNoise(32, 32, 3, 1);
    const target = edgedNoise(4, 4, 1, 2);
    const corner = { x: 0, y: 0, width: 2, height: 2 };
    const needed = coarseRegion(corner, factorOf(target, guidance), target);
    const view = { ...inputOf(target, guidance).target, raster: cropRaster(target, needed), offset: needed };
    const input = {
      ...inputOf(target, guidance, corner),
      target: view,
    };
    const { data } = await jointBilateral.apply(input, complete({}), noNetworks);
    const { min, max } = knownRange(target)!;
    expect(data).toEqual(
      upsampleBicubic(view, corner).data.map((value) => Math.min(max, Math.max(min, value))),
    );
  });
});
