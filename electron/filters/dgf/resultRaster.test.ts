import { describe, expect, it } from 'vitest';
import { createRaster } from '../../raster/raster';
import { edgedNoise } from '../testing/filterInputs';
import { resultRaster } from './resultRaster';

const range = { min: -20, max: 235 };
const part = { x: 4, y: 1, width: 6, height: 5 };
const pixels = part.width * part.height;
const result = () => ({ ...edgedNoise(part.width, part.height, 3, 8), channels: 3 });
const pictureOf = (channels: 1 | 3) =>
  createRaster({
    ...edgedNoise(11, 7, channels, 2, 255),
    alpha: Float32Array.from({ length: 77 }, (_, i) => i / 77),
    unit: 'mm',
  });

describe('the raster of a network’s result', () => {
  it('is in the picture’s unit, with what else its pixels carry, in the memory of the result', () => {
    const given = result();
    const expected = given.data.map((value) => value * 255 - 20);
    const raster = resultRaster(given, pictureOf(3), part, range, false);
    expect(raster).toMatchObject({ channels: 3, width: 6, height: 5, unit: 'mm', unknown: null });
    expect(raster.data).toEqual(expected);
    expect(raster.data).toBe(given.data);
    expect([...raster.alpha!.subarray(0, 7)]).toEqual(
      [15, 16, 17, 18, 19, 20, 26].map((i) => Math.fround(i / 77)),
    );
  });

  it('has the mean of the planes where there is no colour', () => {
    const planes = result().data;
    const mean = Float32Array.from(
      { length: pixels },
      (_, i) => (planes[i]! + planes[pixels + i]! + planes[2 * pixels + i]!) / 3,
    );
    const expected = mean.map((value) => value * 255 - 20);
    const colourless = resultRaster(result(), pictureOf(3), part, range, true);
    expect([...colourless.data]).toEqual([...expected, ...expected, ...expected]);
    const grey = resultRaster(result(), pictureOf(1), part, range, false);
    expect(grey.channels).toBe(1);
    expect(grey.data).toEqual(expected);
    // What is kept does not keep the other planes.
    expect(grey.data.buffer.byteLength).toBe(4 * pixels);
  });
});
