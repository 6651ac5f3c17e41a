import { describe, expect, it } from 'vitest';
import { createRaster } from './raster';
import { reduceBox } from './reduceBox';

describe('reduceBox', () => {
  it('takes means of blocks, of the rest at the edges', () => {
    const data = Float32Array.from({ length: 15 }, (_, i) => i);
    const {
      width,
      height,
      data: means,
    } = reduceBox(createRaster({ width: 5, height: 3, channels: 1, data }), 1);
    expect([width, height]).toEqual([3, 2]);
    expect([...means]).toEqual([3, 5, 6.5, 10.5, 12.5, 14]);
  });

  it('leaves unknown pixels out, and knows nothing where nothing is known', () => {
    const data = Float32Array.of(1, 99, 5, 5, 3, 99, 99, 99, 8, 99, 99, 99, 99, 99, 99, 99);
    const unknown = Uint8Array.of(0, 1, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1);
    const reduced = reduceBox(createRaster({ width: 4, height: 4, channels: 1, data, unknown }), 1);
    expect([...reduced.data]).toEqual([2, 5, 8, 0]);
    expect([...reduced.unknown!]).toEqual([0, 0, 0, 1]);
  });

  it('reduces every channel and alpha, several levels at once', () => {
    const data = Float32Array.from({ length: 3 * 16 }, (_, i) => Math.floor(i / 16) * 10 + (i % 2));
    const alpha = Float32Array.from({ length: 16 }, (_, i) => (i < 4 ? 1 : 0));
    const reduced = reduceBox(createRaster({ width: 4, height: 4, channels: 3, data, alpha }), 2);
    expect([...reduced.data]).toEqual([0.5, 10.5, 20.5]);
    expect([...reduced.alpha!]).toEqual([0.25]);
    expect(reduced.unknown).toBeNull();
  });

  it('is the raster itself at level 0', () => {
    const raster = createRaster({ width: 1, height: 1, channels: 1, data: new Float32Array(1) });
    expect(reduceBox(raster, 0)).toBe(raster);
  });
});
