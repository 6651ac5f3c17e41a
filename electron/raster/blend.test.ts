import { expect, it } from 'vitest';
import { blend } from './blend';
import { createRaster, type Raster, type RasterInit } from './raster';
import { SampleMemory } from './sampleMemory';

const region = { x: 0, y: 0, width: 2, height: 1 };
const raster = (channels: 1 | 3, data: number[], more: Partial<RasterInit> = {}) =>
  createRaster({ width: 2, height: 1, channels, data: Float32Array.from(data), ...more });
const at = (x: number, y: number, placed: Raster) => ({ raster: placed, offset: { x, y } });
const blended = (over: Raster, under: Raster, share: number) =>
  blend(at(0, 0, over), at(0, 0, under), region, share);

it('is the weighted mean of both', () => {
  const map = blended(raster(1, [10, 20], { unit: 'mm' }), raster(1, [0, 100]), 0.25);
  expect([...map.data]).toEqual([2.5, 80]);
  expect(map.unit).toBe('mm');
  const picture = blended(raster(3, [1, 2, 3, 4, 5, 6]), raster(3, [3, 2, 1, 0, 1, 2]), 0.5);
  expect([...picture.data]).toEqual([2, 2, 2, 2, 3, 4]);
});

it('takes the one channel of a map for all three', () => {
  const over = blended(raster(1, [10, 20]), raster(3, [0, 0, 2, 2, 4, 4], { sampleType: 'u8' }), 0.5);
  expect([...over.data]).toEqual([5, 10, 6, 11, 7, 12]);
  expect(over.sampleType).toBe('u8');
  const under = blended(raster(3, [0, 0, 2, 2, 4, 4]), raster(1, [10, 20]), 0.5);
  expect([...under.data]).toEqual([5, 10, 6, 11, 7, 12]);
});

it('takes the region out of each, wherever they lie on the grid', () => {
  // Columns 10…13 and rows 20…22 of the grid, and columns 12…14 of its row 22.
  const large = createRaster({
    width: 4,
    height: 3,
    channels: 3,
    data: Float32Array.from({ length: 36 }, (_, i) => i),
    alpha: Float32Array.from({ length: 12 }, (_, i) => i / 16),
    unknown: Uint8Array.from({ length: 12 }, (_, i) => i % 2),
  });
  const small = createRaster({ width: 3, height: 1, channels: 1, data: Float32Array.of(100, 200, 300) });
  const place = { x: 12, y: 22, width: 2, height: 1 };
  const result = blend(at(10, 20, large), at(12, 22, small), place, 0.5);
  expect(result).toMatchObject({ width: 2, height: 1, channels: 3 });
  expect([...result.data]).toEqual([55, 105.5, 61, 111.5, 67, 117.5]);
  expect([...result.alpha!]).toEqual([10 / 16, 11 / 16]);
  expect([...result.unknown!]).toEqual([0, 1]);
});

it('refuses a raster that does not reach as far as the region', () => {
  const one = raster(1, [1, 2]);
  expect(() => blend(at(0, 0, one), at(1, 0, one), region, 0.5)).toThrow(RangeError);
  expect(() => blend(at(-1, 0, one), at(0, 0, one), region, 0.5)).toThrow(RangeError);
});

it('puts the samples into the memory it is given, whatever was there before', () => {
  const memory = new SampleMemory();
  memory.take(7).fill(9);
  const first = blend(at(0, 0, raster(1, [10, 20])), at(0, 0, raster(1, [0, 100])), region, 0.25, memory);
  expect([...first.data]).toEqual([2.5, 80]);
  const second = blend(at(0, 0, raster(1, [1, 2])), at(0, 0, raster(1, [1, 2])), region, 0.25, memory);
  expect([...second.data]).toEqual([1, 2]);
  expect(second.data.buffer).toBe(first.data.buffer);
});
