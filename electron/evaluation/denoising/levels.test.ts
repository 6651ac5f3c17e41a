import { describe, expect, it } from 'vitest';
import { createRaster, type Raster } from '../../raster/raster';
import { gaussianNoise } from '../gaussianNoise';
import { atLevelsOf, fitParabola } from './levels';

const picture = (value: (x: number, y: number, channel: number) => number): Raster => {
  const [width, height] = [128, 96];
  const data = Float32Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = i % (width * height);
    return value(pixel % width, Math.floor(pixel / width), Math.floor(i / (width * height)));
  });
  return createRaster({
    width,
    height,
    channels: 3,
    data,
    fullScale: { min: 0, max: 255 },
    sampleType: 'u8',
  });
};

const largest = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

describe('a reference at the levels of another exposure', () => {
  const reference = picture(
    (x, y, channel) => 20 + 180 * Math.abs(Math.sin((x + 2 * y) / (60 + 9 * channel))),
  );
  const darker = (value: number, channel: number) => 5 + (0.3 + 0.1 * channel) * value + value ** 2 / 1000;
  const pixels = 128 * 96;
  const exposed = createRaster({
    ...reference,
    data: reference.data.map((value, i) => darker(value, Math.floor(i / pixels))),
  });

  it('is the other exposure without its noise, even where the noise is stronger than the picture', () => {
    const noise = gaussianNoise(3);
    const noisy = createRaster({
      ...exposed,
      data: exposed.data.map((value) => value + 40 * noise.next().value),
    });
    const matched = atLevelsOf(noisy, reference);
    // Means over blocks of 256 pixels carry noise of 2.5 levels, and 48 of them make the fit.
    expect(largest(matched.data, exposed.data)).toBeLessThan(4);
    expect(largest(reference.data, exposed.data)).toBeGreaterThan(50);
  });

  it('changes nothing but levels: a pair of equal exposure stays as it is', () => {
    expect(largest(atLevelsOf(reference, reference).data, reference.data)).toBeLessThan(1e-3);
  });

  it('does not see structure smaller than its blocks', () => {
    const striped = createRaster({
      ...exposed,
      data: exposed.data.map((value, i) => value + (i % 2 === 0 ? 30 : -30)),
    });
    // Means of levels are no levels of means; the bend is slight.
    expect(largest(atLevelsOf(striped, reference).data, exposed.data)).toBeLessThan(1);
  });
});

it('fits a parabola exactly through points on one', () => {
  const x = [0, 0.1, 0.4, 0.7, 1];
  const [constant, slope, bend] = fitParabola(
    x,
    x.map((value) => 3 - 2 * value + 5 * value ** 2),
  );
  expect([constant, slope, bend].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([3, -2, 5]);
});
