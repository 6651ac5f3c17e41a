import { describe, expect, it } from 'vitest';
import { createRaster, type Raster } from '../../raster/raster';
import { gaussianNoise } from '../gaussianNoise';
import { edgeStrength } from './edgeStrength';
import { markedPictures, marksOf } from './marks';
import { textureEnergy } from './textureEnergy';

const picture = (channels: 1 | 3, value: (x: number, y: number, channel: number) => number): Raster => {
  const [width, height] = [80, 60];
  const data = Float32Array.from({ length: width * height * channels }, (_, i) => {
    const pixel = i % (width * height);
    return value(pixel % width, Math.floor(pixel / width), Math.floor(i / (width * height)));
  });
  return createRaster({ width, height, channels, data });
};

describe('texture energy', () => {
  const regions = [
    { x: 5, y: 10, width: 30, height: 20 },
    { x: 40, y: 35, width: 21, height: 24 },
  ];

  it('is 0 for any even change of light', () => {
    const even = picture(3, (x, y, channel) => 10 * channel + 2 * x - 3 * y);
    expect(textureEnergy(even, regions)).toBeLessThan(1e-6);
  });

  it('is the mean square of a texture on top of that, and does not look beyond its regions', () => {
    const inside = (x: number, y: number) =>
      regions.some((r) => x >= r.x && x < r.x + r.width && y >= r.y && y < r.y + r.height);
    const chequered = picture(3, (x, y, channel) => {
      const texture = ((x + y) % 2 === 0 ? 1 : -1) * [3, 4, 5][channel]!;
      return inside(x, y) ? 7 * x + y + texture : 1000 * Math.sin(x * y);
    });
    expect(textureEnergy(chequered, regions)).toBeCloseTo((9 + 16 + 25) / 3, 1);
  });

  it('equals the residual of least squares by the normal equations', () => {
    const noise = gaussianNoise(5);
    const noisy = picture(1, (x) => 0.3 * x + 4 * noise.next().value);
    const [region] = regions;
    const points = Array.from(
      { length: 600 },
      (_, i) => [1, (i % 30) / 30 - 0.5, Math.floor(i / 30) / 20 - 0.5] as const,
    );
    const values = points.map((_, i) => noisy.data[(10 + Math.floor(i / 30)) * 80 + 5 + (i % 30)]!);
    // Steepest descent on the coefficients until nothing changes any more.
    let plane = [0, 0, 0];
    for (let step = 0; step < 400; step += 1) {
      const gradient = [0, 0, 0];
      for (const [i, point] of points.entries()) {
        const error = point.reduce<number>((sum, p, k) => sum + p * plane[k]!, 0) - values[i]!;
        for (let k = 0; k < 3; k += 1) gradient[k]! += (error * point[k]!) / points.length;
      }
      plane = plane.map((value, k) => value - gradient[k]!);
    }
    const left = points.map(
      (point, i) => values[i]! - point.reduce<number>((sum, p, k) => sum + p * plane[k]!, 0),
    );
    const expected = left.reduce((sum, value) => sum + value ** 2, 0) / points.length;
    expect(textureEnergy(noisy, [region!])).toBeCloseTo(expected, 4);
  });
});

describe('edge strength', () => {
  const line = [
    [
      [39.5, 5],
      [39.5, 30],
      [39.5, 55],
    ],
  ] as const;

  it('is the distance in colour between the two sides', () => {
    const step = picture(3, (x, _, channel) => (x < 40 ? 10 : 10 + [30, 40, 120][channel]!));
    expect(edgeStrength(step, line)).toBeCloseTo(130, 3);
  });

  it('is the same in any direction and for any order of the points', () => {
    const step = picture(1, (x, y) => (x > y + 5 ? 100 : 20));
    const forwards = [[10, 5] as const, [55, 50] as const];
    const strength = edgeStrength(step, [forwards]);
    expect(strength).toBeGreaterThan(70);
    expect(edgeStrength(step, [forwards.toReversed()])).toBeCloseTo(strength, 4);
  });

  it('falls when the edge is blurred or moved, and hardly from texture on its sides', () => {
    const value = (x: number) => 100 / (1 + Math.exp(-(x - 39.5) / 0.01));
    const sharp = edgeStrength(
      picture(1, (x) => value(x)),
      line,
    );
    const soft = picture(1, (x) => 100 / (1 + Math.exp(-(x - 39.5) / 2)));
    const moved = picture(1, (x) => value(x - 3));
    const textured = picture(1, (x, y) => value(x) + ((x + y) % 2 === 0 ? 25 : -25));
    expect(sharp).toBeCloseTo(100, 3);
    // The mean of tanh(d / 4) over d = 1 … 4, between pixels.
    const expected = [1, 2, 3, 4].reduce((sum, distance) => sum + 25 * Math.tanh(distance / 4), 0);
    expect(Math.abs(edgeStrength(soft, line) - expected)).toBeLessThan(1);
    // Of the four distances one lies beyond the edge and one on it.
    expect(edgeStrength(moved, line)).toBeCloseTo(37.5, 3);
    expect(Math.abs(edgeStrength(textured, line) - 100)).toBeLessThan(4);
  });
});

describe('marks', () => {
  it.each(markedPictures)('of %s have flat parts and edges', (name) => {
    const { flat, edges } = marksOf(name);
    expect(flat.length).toBeGreaterThan(2);
    expect(edges.length).toBeGreaterThan(4);
    for (const { width, height } of flat) expect(width * height).toBeGreaterThan(100);
    for (const points of edges) expect(points.length).toBeGreaterThan(1);
  });

  it('are there for known pictures only', () => {
    expect(() => marksOf('holiday')).toThrow(TypeError);
  });
});
