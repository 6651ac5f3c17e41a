import fc from 'fast-check';
import { expect, it } from 'vitest';
import { estimateNoise } from './noise';
import { createRaster } from './raster';

/** Standard normal values, the same for the same seed: Box–Muller over a linear congruential generator. */
function gaussian(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return (state + 1) / 4294967297;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

const picture = (width: number, height: number, value: (x: number, y: number) => number) =>
  createRaster({
    width,
    height,
    channels: 1,
    data: Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))),
  });

/** A slanted plane with steps: what depth maps are made of. */
const depth = (x: number, y: number) => 900 + 3 * x + 2 * y + (x > 40 ? 400 : 0) + (y > 60 ? 700 : 0);

it('finds the standard deviation of noise on planes and steps to a tenth', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.double({ min: 0.5, max: 200, noNaN: true }),
      (seed, sigma) => {
        const normal = gaussian(seed);
        const noisy = picture(110, 90, (x, y) => depth(x, y) + sigma * normal());
        expect(estimateNoise(noisy) / sigma).toBeGreaterThan(0.9);
        expect(estimateNoise(noisy) / sigma).toBeLessThan(1.1);
      },
    ),
    { numRuns: 30 },
  );
});

it('finds none where there is none, and none to tell in the smallest pictures', () => {
  expect(estimateNoise(picture(110, 90, depth))).toBeLessThan(1e-3);
  expect(estimateNoise(picture(2, 50, (x, y) => x * y))).toBe(0);
  expect(estimateNoise(picture(3, 3, () => 7))).toBe(0);
});

it('reads large pictures with gaps, to the same result', () => {
  const normal = gaussian(5);
  expect(estimateNoise(picture(1200, 900, () => 50 * normal())) / 50).toBeCloseTo(1, 1);
});
