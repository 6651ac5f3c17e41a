import { describe, expect, it } from 'vitest';
import type { Rect } from '../contract/geometry';
import { cropRaster } from '../raster/crop';
import { knownRange } from '../raster/range';
import { createRaster, type Raster } from '../raster/raster';
import { completeParameters } from '../recipe/parameters';
import opencv from './fixtures/opencv_guided.json';
import { guidedFilter } from './guidedFilter';
import {
  edgedNoise,
  inputOf,
  largestDifference,
  noNetworks,
  seededPick,
  tileFrom,
  tileWithHalo,
} from './testing/filterInputs';

const complete = (values: Record<string, number>) => completeParameters(guidedFilter.description, values);

const filter = (target: Raster, guidance: Raster, values: Record<string, number>, region?: Rect) =>
  guidedFilter.apply(inputOf(target, guidance, region), complete(values), noNetworks);

/** Eqs. 5–8 and 19–21 with direct sums over every window and Gaussian elimination, in double precision. */
function slowGuidedFilter(target: Raster, guidance: Raster, radius: number, epsilon: number): Float64Array {
  const { width, height } = guidance;
  const pixels = width * height;
  const channels = guidance.channels;
  const guide = (pixel: number) =>
    Array.from({ length: channels }, (_, c) => guidance.data[c * pixels + pixel]!);
  const window = (pixel: number) => {
    const [cx, cy] = [pixel % width, Math.floor(pixel / width)];
    const inside: number[] = [];
    for (let y = Math.max(0, cy - radius); y <= Math.min(height - 1, cy + radius); y += 1)
      for (let x = Math.max(0, cx - radius); x <= Math.min(width - 1, cx + radius); x += 1)
        inside.push(y * width + x);
    return inside;
  };
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const models = Array.from({ length: pixels }, (_, centre) => {
    const inside = window(centre);
    const guides = inside.map(guide);
    const targets = inside.map((pixel) => target.data[pixel]!);
    const means = Array.from({ length: channels }, (_, c) => mean(guides.map((g) => g[c]!)));
    const meanTarget = mean(targets);
    const equations = means.map((_, c) => [
      ...means.map(
        (__, d) =>
          mean(guides.map((g) => (g[c]! - means[c]!) * (g[d]! - means[d]!))) + (c === d ? epsilon : 0),
      ),
      mean(guides.map((g, i) => (g[c]! - means[c]!) * (targets[i]! - meanTarget))),
    ]);
    const slopes = solve(equations);
    return [...slopes, meanTarget - slopes.reduce((sum, slope, c) => sum + slope * means[c]!, 0)];
  });
  return Float64Array.from({ length: pixels }, (_, pixel) => {
    const covering = window(pixel).map((centre) => models[centre]!);
    const model = models[0]!.map((_, term) => mean(covering.map((values) => values[term]!)));
    return guide(pixel).reduce((sum, value, c) => sum + value * model[c]!, model[channels]!);
  });
}

function solve(equations: number[][]): number[] {
  const rows = equations.map((row) => [...row]);
  const n = rows.length;
  for (let i = 0; i < n; i += 1) {
    const pivot = rows[i]!;
    for (let j = 0; j < n; j += 1) {
      if (j === i) continue;
      const share = rows[j]![i]! / pivot[i]!;
      rows[j] = rows[j]!.map((value, k) => value - share * pivot[k]!);
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!);
}

describe('guided filter', () => {
  it.each([
    { channels: 3, radius: 2, epsilon: 1e-3 },
    { channels: 3, radius: 4, epsilon: 1e-6 },
    { channels: 3, radius: 30, epsilon: 0.01 },
    { channels: 1, radius: 3, epsilon: 1e-4 },
    { channels: 1, radius: 30, epsilon: 1e-6 },
  ] as const)('equals the definition, borders included: %o', async ({ channels, radius, epsilon }) => {
    const guidance = edgedNoise(19, 14, channels, 5);
    const target = edgedNoise(19, 14, 1, 9);
    const fast = await filter(target, guidance, { radius, epsilon });
    expect(largestDifference(fast.data, slowGuidedFilter(target, guidance, radius, epsilon))).toBeLessThan(
      2e-6,
    );
  });

  it.each(
    opencv.cases.map((sample) => [`${sample.channels} channels, r = ${sample.radius}`, sample] as const),
  )('agrees with OpenCV away from the border: %s', async (_title, { channels, radius, epsilon, result }) => {
    const { width, height } = opencv;
    const guidance = createRaster({
      width,
      height,
      channels: channels as 1 | 3,
      data: Float32Array.from(opencv.guidance.slice(0, width * height * channels)),
    });
    const target = createRaster({ width, height, channels: 1, data: Float32Array.from(opencv.target) });
    const ours = await filter(target, guidance, { radius, epsilon });
    const margin = 2 * radius;
    let compared = 0;
    for (let y = margin; y < height - margin; y += 1) {
      for (let x = margin; x < width - margin; x += 1) {
        // OpenCV computes in single precision.
        expect(Math.abs(ours.data[y * width + x]! - result[y * width + x]!)).toBeLessThan(1e-5);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  it('keeps a constant target exactly, in any unit', async () => {
    const guidance = edgedNoise(40, 30, 3, 2);
    for (const value of [0, 1234.5, -7]) {
      const flat = createRaster({ width: 8, height: 6, channels: 1, data: new Float32Array(48).fill(value) });
      const result = await filter(flat, guidance, { radius: 3 });
      expect(new Set(result.data)).toEqual(new Set([value]));
    }
  });

  it('becomes two mean filters when epsilon is large', async () => {
    const guidance = createRaster({
      width: 21,
      height: 1,
      channels: 1,
      data: Float32Array.from({ length: 21 }, (_, i) => 0.001 * (i % 3)),
    });
    const impulse = createRaster({
      width: 21,
      height: 1,
      channels: 1,
      data: new Float32Array(21).fill(1, 10, 11),
    });
    const result = await filter(impulse, guidance, { radius: 2, epsilon: 1 });
    const triangle = [1, 2, 3, 4, 5, 4, 3, 2, 1].map((weight) => weight / 25);
    expect(largestDifference(result.data.slice(6, 15), triangle)).toBeLessThan(1e-5);
    expect(largestDifference(result.data.slice(0, 6), new Float32Array(6))).toBeLessThan(1e-6);
  });

  it('copies a target that is a linear function of the guidance, when epsilon is small', async () => {
    const guidance = edgedNoise(32, 24, 3, 4);
    const pixels = 32 * 24;
    const data = Float32Array.from(
      { length: pixels },
      (_, i) => 500 + 300 * guidance.data[i]! - 200 * guidance.data[i + 2 * pixels]!,
    );
    const result = await filter(createRaster({ width: 32, height: 24, channels: 1, data }), guidance, {
      radius: 4,
      epsilon: 1e-6,
    });
    expect(largestDifference(result.data, data)).toBeLessThan(0.1);
  });

  it('is equivariant to shift and scale of the values, millimetres and 16 bits included', async () => {
    const guidance = edgedNoise(36, 28, 3, 6);
    const target = edgedNoise(18, 14, 1, 8);
    const result = await filter(target, guidance, { radius: 5, epsilon: 1e-4 });
    for (const [scale, shift] of [
      [65535, 0],
      [10, 20000],
      [-3, 7],
    ] as const) {
      const moved = { ...target, data: target.data.map((value) => value * scale + shift) };
      const expected = result.data.map((value) => value * scale + shift);
      const difference = largestDifference(
        (await filter(moved, guidance, { radius: 5, epsilon: 1e-4 })).data,
        expected,
      );
      // Single precision of values of this size.
      expect(difference).toBeLessThan(2e-6 * Math.abs(scale) + 2e-7 * Math.abs(shift));
    }
  });

  it('gives the same in tiles with their halo as on the whole picture', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const pick = seededPick(seed);
      const channels = ([1, 3] as const)[pick(2)]!;
      const factor = [1, 2, 4][pick(3)]!;
      const values = { radius: 1 + pick(9), epsilon: 1e-3, subsampling: [1, 1, 2, 3, 4][pick(5)]! };
      const guidance = edgedNoise(24 + pick(60), 24 + pick(60), channels, 12 + seed);
      const target = edgedNoise(
        Math.ceil(guidance.width / factor),
        Math.ceil(guidance.height / factor),
        1,
        31 + seed,
        4000,
      );
      const context = { factor: { x: factor, y: factor }, noise: 0, models: () => [] };
      const whole = await filter(target, guidance, values);
      const place = tileFrom(pick, guidance);
      const halo = tileWithHalo(place, guidedFilter.tileNeeds(complete(values), context), guidance);
      const filtered = await filter(target, guidance, values, halo);
      const tile = cropRaster(filtered, { ...place, x: place.x - halo.x, y: place.y - halo.y });
      const difference = largestDifference(tile.data, cropRaster(whole, place).data);
      expect(difference, `seed ${seed}`).toBeLessThan(1e-4 * 4000 * 0.9);
    }
  });

  it('filters every channel of a coloured target, with its unit', async () => {
    const guidance = edgedNoise(24, 18, 1, 3);
    const target = { ...edgedNoise(24, 18, 3, 14), unit: 'mm' as const };
    const result = await filter(target, guidance, { radius: 3 });
    expect([result.channels, result.unit]).toEqual([3, 'mm']);
    const pixels = 24 * 18;
    const range = knownRange(target)!;
    for (let channel = 0; channel < 3; channel += 1) {
      const data = target.data.slice(channel * pixels, (channel + 1) * pixels);
      const alone = createRaster({ width: 24, height: 18, channels: 1, data });
      const input = inputOf(alone, guidance);
      const view = {
        raster: alone,
        offset: { x: 0, y: 0 },
        factor: { x: 1, y: 1 },
        whole: alone,
        valueRange: range,
        noise: 0,
      };
      const single = await guidedFilter.apply(
        { ...input, target: view },
        complete({ radius: 3 }),
        noNetworks,
      );
      expect(result.data.slice(channel * pixels, (channel + 1) * pixels)).toEqual(single.data);
    }
  });

  it('stays near the full filter when subsampled', async () => {
    const smooth = (channels: 1 | 3, seed: number) => {
      const raster = edgedNoise(96, 72, channels, seed);
      raster.data.forEach((_, i) => {
        const x = i % 96;
        raster.data[i] = 0.5 + 0.4 * Math.tanh((x - 40 - seed) / 6) * Math.cos((i % 6912) / 96 / 30);
      });
      return raster;
    };
    const guidance = smooth(3, 1);
    const target = smooth(1, 3);
    const full = await filter(target, guidance, { radius: 8, epsilon: 1e-2 });
    const fast = await filter(target, guidance, { radius: 8, epsilon: 1e-2, subsampling: 4 });
    expect(largestDifference(full.data, fast.data)).toBeLessThan(0.05);
    expect(largestDifference(full.data, fast.data)).toBeGreaterThan(0);
  });

  it('handles a single pixel', async () => {
    const one = createRaster({ width: 1, height: 1, channels: 1, data: Float32Array.of(42) });
    const guidance = createRaster({ width: 1, height: 1, channels: 3, data: Float32Array.of(0.1, 0.2, 0.3) });
    for (const subsampling of [1, 4]) {
      expect([...(await filter(one, guidance, { subsampling })).data]).toEqual([42]);
    }
  });
});
