import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropRaster } from './crop';
import type { Raster } from './raster';
import { AreaReduction, overviewSize } from './reduceArea';
import { meanOver } from './testing/meanOver';
import { picture } from './testing/picture';

function reduced(raster: Raster, size: { width: number; height: number }, stripHeight: number): Raster {
  const reduction = new AreaReduction(raster, size, raster.channels);
  for (let y = 0; y < raster.height; y += stripHeight) {
    const height = Math.min(stripHeight, raster.height - y);
    reduction.add(cropRaster(raster, { x: 0, y, width: raster.width, height }));
  }
  return reduction.finish(raster);
}

describe('area reduction', () => {
  it.each([
    [13, 9, 5, 4],
    [12, 8, 3, 2],
    [7, 7, 7, 7],
    [5, 11, 1, 1],
  ])('of %i × %i to %i × %i is the mean over every share', (width, height, toWidth, toHeight) => {
    const raster = picture(width, height, 3);
    const size = { width: toWidth, height: toHeight };
    const found = reduced(raster, size, 4);
    for (let c = 0; c < 3; c += 1)
      for (let y = 0; y < toHeight; y += 1)
        for (let x = 0; x < toWidth; x += 1)
          expect(found.data[(c * toHeight + y) * toWidth + x]).toBeCloseTo(
            meanOver(raster, size, x, y, c),
            4,
          );
  });

  it('keeps the mean, whatever the strips', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        (width, height, shortSide, strip) => {
          const raster = picture(width, height);
          const mean = ({ data }: Raster) => data.reduce((sum, value) => sum + value, 0) / data.length;
          const found = reduced(raster, overviewSize(raster, shortSide), strip);
          expect(mean(found)).toBeCloseTo(mean(raster), 2);
        },
      ),
    );
  });

  it('takes rows out of a raster that has more of them', () => {
    const [whole, size] = [picture(13, 17, 3), { width: 5, height: 4 }];
    const reduction = new AreaReduction(whole, size, 3);
    for (const [first, count] of [[0, 6] as const, [6, 1] as const, [7, 10] as const])
      reduction.add(whole, first, count);
    expect(reduction.finish(whole)).toEqual(reduced(whole, size, 17));
  });

  it('refuses rows of another picture, and a result without all rows', () => {
    const reduction = new AreaReduction(picture(8, 8), { width: 2, height: 2 }, 1);
    expect(() => reduction.add(picture(7, 4))).toThrow(RangeError);
    reduction.add(picture(8, 4));
    expect(() => reduction.finish(picture(8, 8))).toThrow(RangeError);
    expect(() => reduction.add(picture(8, 5))).toThrow(RangeError);
  });
});

it('an overview keeps the shape and enlarges nothing', () => {
  expect(overviewSize({ width: 6000, height: 4000 }, 64)).toEqual({ width: 96, height: 64 });
  expect(overviewSize({ width: 30, height: 50 }, 64)).toEqual({ width: 30, height: 50 });
  expect(overviewSize({ width: 5000, height: 3 }, 2)).toEqual({ width: 3333, height: 2 });
});
