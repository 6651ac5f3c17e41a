import { expect, it } from 'vitest';
import { createRaster } from './raster';
import { reduceByPicking } from './reduceByPicking';

const raster = createRaster({
  width: 5,
  height: 3,
  channels: 3,
  data: Float32Array.from({ length: 45 }, (_, i) => i),
  alpha: Float32Array.from({ length: 15 }, (_, i) => i / 15),
  unknown: Uint8Array.from({ length: 15 }, (_, i) => i % 2),
});

it('takes the middle of every block, the last pixel at the edges', () => {
  const reduced = reduceByPicking(raster, 1);
  const from = [6, 8, 9, 11, 13, 14];
  expect([reduced.width, reduced.height]).toEqual([3, 2]);
  expect([...reduced.data]).toEqual([0, 15, 30].flatMap((plane) => from.map((at) => plane + at)));
  expect([...reduced.alpha!]).toEqual(from.map((at) => raster.alpha![at]));
  expect([...reduced.unknown!]).toEqual(from.map((at) => at % 2));
});

it('takes one pixel of everything, and everything at level 0', () => {
  expect([...reduceByPicking(raster, 3).data]).toEqual([14, 29, 44]);
  expect(reduceByPicking(raster, 0)).toBe(raster);
});
