import { describe, expect, it } from 'vitest';
import type { Rect } from '../contract/geometry';
import { cropRaster } from '../raster/crop';
import { createRaster, type Raster } from '../raster/raster';
import { completeParameters } from '../recipe/parameters';
import { rollingGuidance } from './rollingGuidance';
import { edgedNoise, inputOf, largestDifference, noNetworks, tileWithHalo } from './testing/filterInputs';

const complete = (values: Record<string, number>) => completeParameters(rollingGuidance.description, values);
const filter = (target: Raster, values: Record<string, number> = {}, region?: Rect) =>
  rollingGuidance.apply(inputOf(target, target, region), complete(values), noNetworks);

/** The definition, every sample weighed for every pixel, in double precision; values and ranges 0…1. */
function slowRollingGuidance(target: Raster, sigmaSpatial: number, sigmaRange: number, iterations: number) {
  const { width, height, channels, data } = target;
  const pixels = width * height;
  const radius = Math.ceil(3 * sigmaSpatial);
  let guidance = new Float64Array(data.length);
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    const next = new Float64Array(data.length);
    for (let p = 0; p < pixels; p += 1) {
      const sums = new Float64Array(channels);
      let total = 0;
      for (let q = 0; q < pixels; q += 1) {
        const [dx, dy] = [(q % width) - (p % width), Math.floor(q / width) - Math.floor(p / width)];
        // The first step is a separable Gaussian in a square window, the others weigh a disc.
        const outside =
          iteration === 0 ? Math.max(Math.abs(dx), Math.abs(dy)) > radius : dx * dx + dy * dy > radius ** 2;
        if (outside) continue;
        let squares = 0;
        for (let c = 0; c < channels; c += 1)
          squares += (guidance[c * pixels + p]! - guidance[c * pixels + q]!) ** 2;
        const weight =
          Math.exp(-(dx * dx + dy * dy) / (2 * sigmaSpatial ** 2)) *
          Math.exp(-squares / channels / (2 * sigmaRange ** 2));
        total += weight;
        for (let c = 0; c < channels; c += 1) sums[c]! += weight * data[c * pixels + q]!;
      }
      for (let c = 0; c < channels; c += 1) next[c * pixels + p] = sums[c]! / total;
    }
    guidance = next;
  }
  return guidance;
}

const picture = (width: number, height: number, values: (x: number, y: number) => number): Raster => {
  const data = Float32Array.from({ length: width * height }, (_, i) =>
    values(i % width, Math.floor(i / width)),
  );
  return createRaster({ width, height, channels: 1, data });
};

describe('rolling guidance filter', () => {
  it.each([
    { channels: 1, sigmaSpatial: 1.2, sigmaRange: 0.1, iterations: 4 },
    { channels: 3, sigmaSpatial: 2, sigmaRange: 0.2, iterations: 3 },
    { channels: 1, sigmaSpatial: 4, sigmaRange: 0.05, iterations: 1 },
  ] as const)('equals the definition: %o', async ({ channels, ...settings }) => {
    const target = edgedNoise(23, 17, channels, 5);
    const input = inputOf(target, target);
    const result = await rollingGuidance.apply(
      { ...input, target: { ...input.target, valueRange: { min: 0, max: 1 } } },
      complete(settings),
      noNetworks,
    );
    const { sigmaSpatial, sigmaRange, iterations } = settings;
    const expected = slowRollingGuidance(target, sigmaSpatial, sigmaRange, iterations);
    expect(largestDifference(result.data, expected)).toBeLessThan(2e-5);
  });

  it('keeps a constant picture, in any unit, and a single pixel', async () => {
    for (const value of [0, 1234.5, -7]) {
      const flat = picture(12, 9, () => value);
      expect(largestDifference((await filter(flat)).data, flat.data)).toBeLessThan(1e-6);
    }
    expect((await filter(picture(1, 1, () => 42))).data[0]).toBe(42);
  });

  it('removes what is small and gives back the edge of what is large', async () => {
    const target = picture(60, 40, (x, y) => (x < 30 ? 50 : 200) + (x % 15 === 7 && y % 10 === 5 ? 60 : 0));
    const blurred = await filter(target, { sigmaSpatial: 2, iterations: 1 });
    const result = await filter(target, { sigmaSpatial: 2, iterations: 6 });
    const stepOf = ({ data }: Raster) => data[20 * 60 + 30]! - data[20 * 60 + 29]!;
    expect(stepOf(blurred)).toBeLessThan(40);
    expect(stepOf(result)).toBeGreaterThan(140);
    expect(target.data[5 * 60 + 7]! - target.data[5 * 60 + 3]!).toBe(60);
    expect(Math.abs(result.data[5 * 60 + 7]! - result.data[5 * 60 + 3]!)).toBeLessThan(5);
  });

  it('gives a sharper edge with every iteration', async () => {
    const target = picture(40, 20, (x) => (x < 20 ? 0 : 100));
    let before = 0;
    for (const iterations of [1, 2, 3, 4]) {
      const { data } = await filter(target, { sigmaSpatial: 3, iterations });
      const step = data[10 * 40 + 20]! - data[10 * 40 + 19]!;
      expect(step).toBeGreaterThan(before);
      before = step;
    }
  });

  it('gives the same in tiles with their halo as on the whole picture', async () => {
    const target = edgedNoise(61, 47, 3, 12, 4000);
    const values = { sigmaSpatial: 1, iterations: 3, sigmaRange: 0.3 };
    const whole = await filter(target, values);
    const needs = rollingGuidance.tileNeeds(complete(values), {
      factor: { x: 1, y: 1 },
      noise: 0,
      models: () => [],
    });
    for (const tile of [
      { x: 0, y: 0, width: 20, height: 13 },
      { x: 25, y: 17, width: 11, height: 9 },
      { x: 50, y: 40, width: 11, height: 7 },
    ]) {
      const halo = tileWithHalo(tile, needs, target);
      expect(halo.width * halo.height).toBeLessThan(61 * 47);
      const input = inputOf(target, target, halo);
      const filtered = await rollingGuidance.apply(input, complete(values), noNetworks);
      const part = cropRaster(filtered, { ...tile, x: tile.x - halo.x, y: tile.y - halo.y });
      expect(largestDifference(part.data, cropRaster(whole, tile).data)).toBeLessThan(1e-6 * 4000);
    }
  });
});
