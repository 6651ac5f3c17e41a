import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Rect, Size } from '../contract/geometry';
import { cropRaster } from './crop';
import { createRaster, type Raster } from './raster';
import { reducedByMeans } from './reduceArea';
import { regionByMeans } from './regionMeans';
import { meanOver } from './testing/meanOver';
import { picture } from './testing/picture';

const allOf = ({ width, height }: Size): Rect => ({ x: 0, y: 0, width, height });

const reduced = (raster: Raster, size: Size, region = allOf(size)) =>
  regionByMeans(raster, size, region, async (part) => cropRaster(raster, part));

const lengths = fc.integer({ min: 1, max: 24 });

it('every pixel of a region is the mean over its share, be the grid finer or coarser', async () => {
  await fc.assert(
    fc.asyncProperty(
      ...([lengths, lengths, lengths, lengths] as const),
      fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
      async (width, height, toWidth, toHeight, [left, top, wide, high]) => {
        const [raster, size] = [picture(width, height, 3), { width: toWidth, height: toHeight }];
        const [x, y] = [left! % toWidth, top! % toHeight];
        const region = { x, y, width: 1 + (wide! % (toWidth - x)), height: 1 + (high! % (toHeight - y)) };
        const found = await reduced(raster, size, region);
        expect(found).toMatchObject({ width: region.width, height: region.height, channels: 3, unit: 'mm' });
        found.data.forEach((value, i) => {
          const pixel = i % (region.width * region.height);
          const channel = (i - pixel) / (region.width * region.height);
          const [dx, dy] = [pixel % region.width, Math.floor(pixel / region.width)];
          expect(value).toBeCloseTo(meanOver(raster, size, x + dx, y + dy, channel), 4);
        });
        // Not a bit of them depends on the region.
        expect(found.data).toEqual(cropRaster(await reduced(raster, size), region).data);
      },
    ),
    { numRuns: 60 },
  );
});

it.each([
  [13, 9, 5, 4],
  [12, 8, 3, 2],
  [397, 309, 303, 231],
  [5, 11, 1, 1],
])('all of the grid is what the whole picture is reduced to: %i × %i to %i × %i', async (...sides) => {
  const [width, height, toWidth, toHeight] = sides;
  const [raster, size] = [picture(width, height, 3), { width: toWidth, height: toHeight }];
  const { data } = await reduced(raster, size);
  const expected = reducedByMeans(raster, size).data;
  expect(data).toHaveLength(expected.length);
  expect(data.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0)).toBeLessThan(
    1e-4,
  );
});

it('at its own size a picture’s values are given as they are, at twice its size each four times', async () => {
  const raster = picture(7, 5);
  raster.data[3] = Math.fround(0.1);
  expect((await reduced(raster, raster)).data).toEqual(raster.data);
  const { data } = await reduced(raster, { width: 14, height: 10 });
  expect(data).toEqual(data.map((_, i) => raster.data[Math.floor(i / 28) * 7 + Math.floor((i % 14) / 2)]!));
});

it('large pictures are read in bands that cover the region and no more', async () => {
  const whole = { width: 5000, height: 3001 };
  const [size, region] = [
    { width: 1250, height: 750 },
    { x: 100, y: 250, width: 1000, height: 500 },
  ];
  const parts: Rect[] = [];
  // A plane: its mean over a share is its value in the middle of that.
  const { data } = await regionByMeans(whole, size, region, async (part) => {
    parts.push(part);
    const values = new Float32Array(part.width * part.height);
    for (let i = 0; i < values.length; i += 1)
      values[i] = part.x + (i % part.width) + part.y + Math.floor(i / part.width);
    return createRaster({ ...part, channels: 1, data: values });
  });
  expect(parts.length).toBeGreaterThan(4);
  for (const part of parts) {
    expect([part.x, part.width]).toEqual([400, 4000]);
    expect(part.width * part.height).toBeLessThan(2 ** 20 + 2 * 4000);
  }
  expect([parts[0]!.y, parts.at(-1)!.y + parts.at(-1)!.height]).toEqual([1000, 3001]);
  for (const [x, y] of [
    [0, 0],
    [517, 261],
    [999, 499],
  ] as const) {
    const middle = 4 * (100 + x + 0.5) - 0.5 + (3001 / 750) * (250 + y + 0.5) - 0.5;
    expect(data[y * 1000 + x]).toBeCloseTo(middle, 2);
  }
});

it('a region without rows is refused', async () => {
  const raster = picture(4, 4);
  const region = { x: 0, y: 0, width: 2, height: 0 };
  await expect(reduced(raster, { width: 2, height: 2 }, region)).rejects.toThrow(RangeError);
});
