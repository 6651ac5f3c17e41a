import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '../contract/filters';
import { channelOf, createRaster, type Raster } from '../raster/raster';
import { Cielab } from './detail/cielab';
import { contrastCurve } from './detail/contrastCurve';
import reference from './fixtures/scipy_multi_scale_detail.json';
import { multiScaleDetail } from './multiScaleDetail';
import { cancelledAfter, edgedNoise, largestDifference, onUnitValues } from './testing/filterInputs';

const filter = onUnitValues(multiScaleDetail);
const alone = { combination: 'together', fine: 1, medium: 1, base: 1 } as const;

const [width, height] = [96, 24];
const row = (value: (x: number) => number) =>
  createRaster({
    width,
    height,
    channels: 1,
    data: Float32Array.from({ length: width * height }, (_, i) => value(i % width)),
  });

describe('multi-scale detail', () => {
  it.each(reference.cases)(
    'agrees with a sparse direct solution: $channels channels, $settings',
    async (sample) => {
      const channels = sample.channels as 1 | 3;
      const size = { width: reference.width, height: reference.height };
      const data = Float32Array.from(reference.target.slice(0, channels * size.width * size.height));
      const result = await filter(createRaster({ ...size, channels, data }), sample.settings);
      expect(largestDifference(result.data, sample.result)).toBeLessThan(2e-4);
      expect(largestDifference(result.data, data)).toBeGreaterThan(0.05);
    },
  );

  it('gives the target back, to the last digit, when nothing is to change', async () => {
    const target = edgedNoise(31, 17, 3, 4, 255);
    for (const combination of ['together', 'averaged']) {
      expect((await filter(target, { ...alone, combination })).data).toEqual(target.data);
      const hardly = await filter(edgedNoise(31, 17, 3, 4), { fine: 1.05, medium: 1, base: 1, combination });
      expect(largestDifference(hardly.data, edgedNoise(31, 17, 3, 4).data)).toBeLessThan(0.01);
    }
  });

  it('has no detail to change in a constant picture, which its base alone moves', async () => {
    const flat = createRaster({ width: 12, height: 9, channels: 3, data: new Float32Array(324).fill(0.3) });
    const detailed = await filter(flat, { ...alone, fine: 8, medium: 8 });
    expect(largestDifference(detailed.data, flat.data)).toBeLessThan(1e-6);
    const contrasted = await filter(flat, { ...alone, base: 3 });
    expect(Math.max(...contrasted.data)).toBeLessThan(0.2);
    expect(
      largestDifference(
        contrasted.data,
        contrasted.data.map((_, i, all) => all[i % 2]!),
      ),
    ).toBeLessThan(1e-6);
  });

  it.each([
    { combination: 'averaged', most: 0.005 },
    { combination: 'together', most: 0.015 },
  ])('leaves no halo along a strong step: $combination', async ({ combination, most }) => {
    const [low, high] = [0.25, 0.75];
    const step = row((x) => (x < width / 2 ? low : high));
    const { data } = await filter(step, { base: 1, combination });
    const line = [...data.subarray(0, width)];
    // What differs along an edge from the plateau beside it; detail ten times as strong by a blur would be near 1.
    expect(Math.abs(line[width / 2 - 1]! - line[8]!)).toBeLessThan(most * (high - low));
    expect(Math.abs(line[width / 2]! - line[width - 9]!)).toBeLessThan(most * (high - low));
    for (let x = 1; x < width; x += 1)
      if (x !== width / 2) expect(Math.abs(line[x]! - line[x - 1]!)).toBeLessThan(0.001 * (high - low));
  });

  it('strengthens ripples by the gain of the level they are in, and no others', async () => {
    const ripple = row((x) => 0.5 + 0.004 * Math.cos((Math.PI * x) / 2));
    const swing = ({ data }: Raster) => {
      const inside = data.subarray(36, width - 36);
      return Math.max(...inside) - Math.min(...inside);
    };
    const growth = async (values: ParameterValues) =>
      swing(await filter(ripple, { ...alone, ...values })) / swing(ripple);
    for (const fine of [0, 0.5, 2, 5])
      expect(Math.abs((await growth({ fine })) - fine)).toBeLessThan(0.02 * Math.max(1, fine));
    expect(await growth({ base: 2 })).toBeLessThan(1.02);
  });

  it('keeps a* and b* of colours, and grey grey', async () => {
    const { width, height, data } = edgedNoise(24, 18, 3, 7);
    const muted = data.map((value) => 0.3 + 0.4 * value);
    const target = createRaster({ width, height, channels: 3, data: muted });
    const result = await filter(target, { ...alone, fine: 1.5 });
    const hues = (raster: Raster, i: number) => {
      const colour = new Cielab();
      colour.take(...([0, 1, 2].map((c) => channelOf(raster, c)[i]!) as [number, number, number]));
      return colour.lighten(0.6);
    };
    for (let i = 0; i < width * height; i += 7)
      expect(largestDifference(hues(result, i), hues(target, i))).toBeLessThan(1e-4);
    expect(largestDifference(result.data, target.data)).toBeGreaterThan(0.01);
    const grey = channelOf(target, 0);
    const tripled = createRaster({
      width,
      height,
      channels: 3,
      data: Float32Array.of(...grey, ...grey, ...grey),
    });
    const still = await filter(tripled);
    for (const channel of [1, 2])
      expect(largestDifference(channelOf(still, channel), channelOf(still, 0))).toBeLessThan(1e-5);
  });

  it('stops between the steps of its solver', async () => {
    const { runtime, shares } = cancelledAfter(1);
    await expect(filter(edgedNoise(16, 16, 1, 4), {}, runtime)).rejects.toThrow('Enough.');
    expect(shares).toEqual([0.35]);
  });
});

describe('contrast curves', () => {
  it.each([0, 0.3, 1, 1.0001, 1.5, 6.25, 15])('have slope %d at 0 and, when steep, leave ±½', (gain) => {
    const curve = contrastCurve(gain);
    expect((curve(1e-5) - curve(-1e-5)) / 2e-5).toBeCloseTo(gain, 4);
    expect(curve(0)).toBe(0);
    if (gain > 1.1)
      expect([curve(0.5), curve(-0.5)]).toEqual([expect.closeTo(0.5, 9), expect.closeTo(-0.5, 9)]);
  });
});
