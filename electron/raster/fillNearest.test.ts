import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillNearest } from './fillNearest';
import { createRaster } from './raster';

describe('fillNearest', () => {
  it('gives every unknown pixel the value of a known one at the least Euclidean distance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 100 }),
        fc.infiniteStream(fc.nat(9_999)),
        (width, height, percent, numbers) => {
          const pick = (limit: number) => numbers.next().value % limit;
          const pixels = width * height;
          const unknown = Uint8Array.from({ length: pixels }, () => (pick(100) < percent ? 1 : 0));
          unknown[pick(pixels)] = 0;
          // Every pixel's value is its own index: the result says where it was taken from.
          const data = Float32Array.from({ length: pixels }, (_, i) => i);
          const filled = fillNearest(createRaster({ width, height, channels: 1, data, unknown }));
          expect(filled.unknown).toBeNull();
          const distance = (i: number, j: number) =>
            ((i % width) - (j % width)) ** 2 + (Math.floor(i / width) - Math.floor(j / width)) ** 2;
          for (let i = 0; i < pixels; i += 1) {
            let least = Number.POSITIVE_INFINITY;
            for (let j = 0; j < pixels; j += 1) if (!unknown[j]) least = Math.min(least, distance(i, j));
            const source = filled.data[i]!;
            expect(unknown[source]).toBe(0);
            expect(distance(i, source)).toBe(least);
          }
        },
      ),
    );
  });

  it('fills all channels from the same pixel', () => {
    const data = Float32Array.of(1, 0, 2, 10, 0, 20, 100, 0, 200);
    const filled = fillNearest(
      createRaster({ width: 3, height: 1, channels: 3, data, unknown: Uint8Array.of(0, 1, 0) }),
    );
    expect([...filled.data]).toEqual([1, 1, 2, 10, 10, 20, 100, 100, 200]);
  });

  it('returns a raster that knows every pixel as it is', () => {
    const raster = createRaster({ width: 1, height: 1, channels: 1, data: new Float32Array(1) });
    expect(fillNearest(raster)).toBe(raster);
  });

  it('refuses a target without a single known pixel', () => {
    const unknown = new Uint8Array(6).fill(1);
    const raster = createRaster({ width: 3, height: 2, channels: 1, data: new Float32Array(6), unknown });
    expect(() => fillNearest(raster)).toThrow(expect.objectContaining({ code: 'target-all-unknown' }));
  });
});
