import { describe, expect, it } from 'vitest';
import { croppedMasks, cropRaster } from './crop';
import { createRaster } from './raster';

const raster = createRaster({
  width: 3,
  height: 2,
  channels: 3,
  data: Float32Array.from({ length: 18 }, (_, i) => i),
  alpha: Float32Array.of(0, 0.1, 0.2, 0.3, 0.4, 0.5),
  unknown: Uint8Array.of(0, 0, 1, 0, 1, 0),
  unit: 'mm',
});

it('croppedMasks copies what goes with the samples, of all of it nothing', () => {
  const { alpha, unknown, ...rest } = croppedMasks(raster, { x: 1, y: 0, width: 2, height: 2 });
  expect([...alpha!]).toEqual([...Float32Array.of(0.1, 0.2, 0.4, 0.5)]);
  expect([...unknown!]).toEqual([0, 1, 1, 0]);
  expect(rest).toEqual({});
  const all = croppedMasks(raster, { x: 0, y: 0, width: 3, height: 2 });
  expect(all).toEqual({ alpha: raster.alpha, unknown: raster.unknown });
  expect(all.alpha).toBe(raster.alpha);
  expect(() => croppedMasks(raster, { x: 2, y: 0, width: 2, height: 2 })).toThrow(RangeError);
});

describe('cropRaster', () => {
  it('copies every plane of the rectangle', () => {
    const part = cropRaster(raster, { x: 1, y: 0, width: 2, height: 2 });
    expect([...part.data]).toEqual([1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 17]);
    expect([...part.alpha!]).toEqual([...Float32Array.of(0.1, 0.2, 0.4, 0.5)]);
    expect([...part.unknown!]).toEqual([0, 1, 1, 0]);
    expect(part.unit).toBe('mm');
  });

  it('is the raster itself when it is all of it, and refuses what is outside', () => {
    expect(cropRaster(raster, { x: 0, y: 0, width: 3, height: 2 })).toBe(raster);
    expect(() => cropRaster(raster, { x: 2, y: 0, width: 2, height: 2 })).toThrow(RangeError);
  });
});
