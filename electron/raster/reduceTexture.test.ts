import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Size } from '../contract/geometry';
import { cropRaster } from './crop';
import { createRaster, type Raster } from './raster';
import { reducedByMeans } from './reduceArea';
import { TextureReduction } from './reduceTexture';

/** Whole numbers up to 5535 without a pattern that a cell or a lag could follow. */
const picture = (width: number, height: number, channels: 1 | 3 = 1): Raster =>
  createRaster({
    width,
    height,
    channels,
    data: Float32Array.from({ length: width * height * channels }, (_, i) => (i * i * 7919 + i * 31) % 5536),
    sampleType: 'u16',
    fullScale: { min: 0, max: 65535 },
  });

function textureOf(raster: Raster, size: Size, stripHeight = raster.height): Raster {
  const reduction = new TextureReduction(raster, size, raster.channels);
  for (let y = 0; y < raster.height; y += stripHeight) {
    const height = Math.min(stripHeight, raster.height - y);
    reduction.add(cropRaster(raster, { x: 0, y, width: raster.width, height }));
  }
  return reduction.finish(raster);
}

/** From the definition, pixel by pixel: deviation, differences at 1 and at 4 pixels, plane by plane. */
function defined({ width, height, channels, data }: Raster, size: Size): number[] {
  const at = (c: number, x: number, y: number) =>
    data[c * width * height + Math.max(0, y) * width + Math.max(0, x)]!;
  const everyChannel = Array.from({ length: channels }, (_, c) => c);
  const overChannels = (value: (c: number) => number) =>
    everyChannel.reduce((sum, c) => sum + value(c), 0) / channels;
  const overlap = (pixel: number, cell: number, extent: number) =>
    Math.max(0, Math.min(pixel + 1, (cell + 1) * extent) - Math.max(pixel, cell * extent));
  const overCell = (cellX: number, cellY: number, value: (x: number, y: number) => number) => {
    let [sum, area] = [0, 0];
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) {
        const share = overlap(x, cellX, width / size.width) * overlap(y, cellY, height / size.height);
        sum += share * value(x, y);
        area += share;
      }
    return sum / area;
  };
  const difference = (lag: number) => (x: number, y: number) =>
    overChannels(
      (c) => ((at(c, x, y) - at(c, x - lag, y)) ** 2 + (at(c, x, y) - at(c, x, y - lag)) ** 2) / 2,
    );
  const planes = [
    (x: number, y: number) =>
      overChannels((c) => {
        const mean = overCell(x, y, (u, v) => at(c, u, v));
        return overCell(x, y, (u, v) => (at(c, u, v) - mean) ** 2);
      }),
    (x: number, y: number) => overCell(x, y, difference(1)),
    (x: number, y: number) => overCell(x, y, difference(4)),
  ];
  return planes.flatMap((plane) =>
    Array.from({ length: size.width * size.height }, (_, i) =>
      Math.sqrt(plane(i % size.width, Math.floor(i / size.width))),
    ),
  );
}

const largest = (found: Raster, expected: ArrayLike<number>) => {
  expect(found.data.length).toBe(expected.length);
  return found.data.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
};

/** Values are below 2¹³, of which float32 keeps steps of 2⁻¹¹. */
const rounding = 2 ** -11;

const sizes = [
  [13, 9, 5, 4],
  [12, 8, 3, 2],
  [7, 7, 7, 7],
  [8, 7, 7, 6],
  [5, 11, 1, 1],
  [3, 2, 2, 1],
  [1, 1, 1, 1],
] as const;

describe('texture reduction', () => {
  describe.each(sizes)('of %i × %i to %i × %i', (width, height, toWidth, toHeight) => {
    const size = { width: toWidth, height: toHeight };
    it.each([1, 3] as const)(
      'is what its definition gives, of %i channels, whatever the strips',
      (channels) => {
        const raster = picture(width, height, channels);
        const found = textureOf(raster, size);
        expect(found).toMatchObject({ ...size, channels: 3, sampleType: 'u16', unknown: null, alpha: null });
        expect(largest(found, defined(raster, size))).toBeLessThanOrEqual(rounding);
        for (const strip of [1, 2, 3, 4, 5, 7]) expect(textureOf(raster, size, strip)).toEqual(found);
      },
    );
  });

  it('does not depend on the strips, of any height in any order', () => {
    const side = fc.integer({ min: 1, max: 24 });
    fc.assert(
      fc.property(
        side,
        side,
        side,
        side,
        fc.constantFrom<1 | 3>(1, 3),
        fc.array(side, { minLength: 1 }),
        (width, height, x, y, channels, strips) => {
          const raster = picture(width, height, channels);
          const size = { width: Math.min(width, x), height: Math.min(height, y) };
          const reduction = new TextureReduction(raster, size, channels);
          for (let row = 0, i = 0; row < height; i += 1) {
            const rows = Math.min(strips[i % strips.length]!, height - row);
            reduction.add(cropRaster(raster, { x: 0, y: row, width, height: rows }));
            row += rows;
          }
          expect(reduction.finish(raster)).toEqual(textureOf(raster, size));
        },
      ),
    );
  });

  it('takes the means on the way, to the last bit those of the reduction for them alone', () => {
    const side = fc.integer({ min: 1, max: 24 });
    fc.assert(
      fc.property(side, side, side, side, fc.constantFrom<1 | 3>(1, 3), (width, height, x, y, channels) => {
        const raster = picture(width, height, channels);
        raster.data.set(raster.data.map((value) => value / 7));
        const size = { width: Math.min(width, x), height: Math.min(height, y) };
        const reduction = new TextureReduction(raster, size, channels);
        reduction.add(raster);
        expect(reduction.means(raster)).toEqual(reducedByMeans(raster, size));
      }),
    );
  });

  it('takes rows out of a raster that has more of them', () => {
    const [whole, size] = [picture(13, 17, 3), { width: 5, height: 4 }];
    const reduction = new TextureReduction(whole, size, 3);
    reduction.add(whole, 0, 6);
    reduction.add(cropRaster(whole, { x: 0, y: 4, width: 13, height: 9 }), 2, 5);
    expect(() => reduction.add(whole, 14, 4)).toThrow(RangeError);
    reduction.add(whole, 11);
    expect(reduction.finish(whole)).toEqual(textureOf(whole, size));
    expect(reduction.means(whole)).toEqual(reducedByMeans(whole, size));
  });

  it('of a constant picture is exactly 0', () => {
    const flat = { ...picture(23, 17, 3), data: new Float32Array(3 * 23 * 17).fill(0.1) };
    expect(textureOf(flat, { width: 5, height: 4 }).data.every((value) => value === 0)).toBe(true);
  });

  it('is the same with an offset that is larger than all it is made of', () => {
    const [dark, size] = [picture(61, 47, 3), { width: 6, height: 5 }];
    const slight = { ...dark, data: dark.data.map((value) => value % 3) };
    for (const raster of [dark, slight]) {
      const lifted = { ...raster, data: raster.data.map((value) => value + 60000) };
      const found = textureOf(raster, size);
      const most = Math.max(...found.data);
      expect(largest(textureOf(lifted, size), found.data)).toBeLessThanOrEqual(most * 2 ** -23);
    }
  });

  it('refuses rows of another picture, and a result without all rows', () => {
    const reduction = new TextureReduction(picture(8, 8), { width: 2, height: 2 }, 1);
    expect(() => reduction.add(picture(7, 4))).toThrow(RangeError);
    reduction.add(picture(8, 4));
    expect(() => reduction.finish(picture(8, 8))).toThrow(RangeError);
    expect(() => reduction.add(picture(8, 5))).toThrow(RangeError);
  });
});
