import { expect, it } from 'vitest';
import { blend } from './blend';
import { createRaster, type RasterInit } from './raster';

const raster = (channels: 1 | 3, data: number[], more: Partial<RasterInit> = {}) =>
  createRaster({ width: 2, height: 1, channels, data: Float32Array.from(data), ...more });

it('is the weighted mean of both', () => {
  const map = blend(raster(1, [10, 20], { unit: 'mm' }), raster(1, [0, 100]), 0.25);
  expect([...map.data]).toEqual([2.5, 80]);
  expect(map.unit).toBe('mm');
  const picture = blend(raster(3, [1, 2, 3, 4, 5, 6]), raster(3, [3, 2, 1, 0, 1, 2]), 0.5);
  expect([...picture.data]).toEqual([2, 2, 2, 2, 3, 4]);
});

it('takes the one channel of a map for all three', () => {
  const over = blend(raster(1, [10, 20]), raster(3, [0, 0, 2, 2, 4, 4], { sampleType: 'u8' }), 0.5);
  expect([...over.data]).toEqual([5, 10, 6, 11, 7, 12]);
  expect(over.sampleType).toBe('u8');
  const under = blend(raster(3, [0, 0, 2, 2, 4, 4]), raster(1, [10, 20]), 0.5);
  expect([...under.data]).toEqual([5, 10, 6, 11, 7, 12]);
});
