import { describe, expect, it } from 'vitest';
import { cropRaster } from './crop';
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
