import { describe, expect, it } from 'vitest';
import { createRaster, type Raster } from '../../raster/raster';
import { coarse, coarseFactor, coarseKinds, moved } from './coarse';
import { coarseClasses } from './coarseClasses';
import { displaced } from './displaced';
import { largestAround, smallestAround } from './extremes';
import { logErrors } from './logErrors';

const plane = (width: number, height: number, value: (x: number, y: number) => number): Raster =>
  createRaster({
    width,
    height,
    channels: 1,
    data: Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))),
  });
const inDisc = (x: number, y: number) => (x - 30) ** 2 + (y - 26) ** 2 < 16 ** 2;
const disc = plane(64, 56, (x, y) => (inDisc(x, y) ? 1 : 0));
const sum = ({ data }: Raster) => data.reduce((total, value) => total + value, 0);

describe('largest and smallest values around', () => {
  const noise = plane(17, 11, (x, y) => Math.sin(12.9898 * x + 78.233 * y) * 43758.5453);

  it.each([0, 1, 3, 20])('are those of a square, clipped by the picture: reach %i', (reach) => {
    const around = (x: number, y: number) =>
      [...noise.data].filter(
        (_, i) => Math.abs((i % 17) - x) <= reach && Math.abs(Math.floor(i / 17) - y) <= reach,
      );
    expect(largestAround(noise, reach).data).toEqual(plane(17, 11, (x, y) => Math.max(...around(x, y))).data);
    expect(smallestAround(noise, reach).data).toEqual(
      plane(17, 11, (x, y) => Math.min(...around(x, y))).data,
    );
  });
});

describe('displacement', () => {
  const shift = { deviation: 2, smoothness: 6 };
  const [width, height] = [120, 90];
  const columns = plane(width, height, (x) => x);

  it('moves by as much as it says, and smoothly', () => {
    const { data } = displaced(columns, shift, 3);
    const inner = [...data.keys()].filter((i) => i % width > 10 && i % width < width - 11);
    const moves = inner.map((i) => data[i]! - (i % width));
    const deviation = Math.sqrt(moves.reduce((total, move) => total + move ** 2, 0) / moves.length);
    expect(deviation).toBeGreaterThan(1.6);
    expect(deviation).toBeLessThan(2.4);
    // White noise smoothed by a Gaussian has slopes of deviation / (√2 · smoothness) from pixel to pixel.
    const slopes = moves.slice(1).map((move, i) => (move - moves[i]!) ** 2);
    const slope = Math.sqrt(slopes.reduce((total, value) => total + value, 0) / slopes.length);
    expect(slope).toBeLessThan(2 * (2 / (Math.SQRT2 * 6)));
  });

  it('is the same for the same seed, and leaves what is even', () => {
    expect(displaced(disc, shift, 5).data).toEqual(displaced(disc, shift, 5).data);
    expect(displaced(disc, shift, 5).data).not.toEqual(displaced(disc, shift, 6).data);
    expect(
      displaced(
        plane(9, 7, () => 4),
        shift,
        1,
      ).data,
    ).toEqual(plane(9, 7, () => 4).data);
  });
});

describe('coarse maps', () => {
  it('are an eighth as large, shrink, grow and wander', () => {
    const [blurred, jittered, eroded, dilated] = coarseKinds.map((kind) => coarse(moved(disc, kind, 2)));
    for (const map of [blurred, jittered, eroded, dilated])
      expect([map!.width, map!.height]).toEqual([64 / coarseFactor, 56 / coarseFactor]);
    const area = (map: Raster | undefined) => sum(map!) * coarseFactor ** 2;
    expect(area(blurred) / (Math.PI * 16 ** 2)).toBeCloseTo(1, 1);
    // A square of 9 takes 4 pixels off every side.
    expect(area(eroded) / area(blurred)).toBeLessThan(0.75 ** 2);
    expect(area(dilated) / area(blurred)).toBeGreaterThan(1.25 ** 2);
    expect(jittered?.data).not.toEqual(blurred?.data);
  });

  it('of classes are shares of one whole, and the background takes what objects leave', () => {
    const labels = plane(64, 56, (x, y) => (inDisc(x, y) ? 7 : x > 57 ? 3 : 0));
    for (const kind of coarseKinds) {
      const shares = coarseClasses(labels, [0, 3, 7], kind, 4);
      expect(shares).toHaveLength(3);
      for (const i of shares[0]!.data.keys())
        expect(shares.reduce((total, { data }) => total + data[i]!, 0)).toBeCloseTo(1, 4);
    }
    const background = (kind: (typeof coarseKinds)[number]) =>
      sum(coarseClasses(labels, [0, 3, 7], kind, 4)[0]!);
    expect(background('eroded')).toBeGreaterThan(background('blurred'));
    expect(background('dilated')).toBeLessThan(background('blurred'));
  });
});

describe('logarithmic errors', () => {
  it('are of ratios, the same for depth and for disparity', () => {
    const truth = plane(2, 1, (x) => [10, 40][x]!);
    const result = plane(2, 1, (x) => [100, 4][x]!);
    expect(logErrors(result, truth).log10).toBeCloseTo(1, 6);
    expect(logErrors(result, truth).rmsLog).toBeCloseTo(Math.LN10, 6);
    const depthOf = ({ data }: Raster) => plane(2, 1, (x) => 1000 / data[x]!);
    expect(logErrors(depthOf(result), depthOf(truth)).rmsLog).toBeCloseTo(Math.LN10, 6);
  });

  it('take what has no logarithm as the least disparity', () => {
    const truth = plane(3, 1, () => 1);
    expect(
      logErrors(
        plane(3, 1, (x) => [-5, 0, 0.5][x]!),
        truth,
      ),
    ).toEqual({ log10: 0, rmsLog: 0 });
  });
});
