import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropRaster } from './crop';
import { cubicKernel } from './cubic';
import { partOf } from './placed';
import { createRaster, type Raster } from './raster';
import { coarseRegion, coverBicubic, type GridView, upsampleBicubic, upsampleUnknown } from './upsample';

const noise = (width: number, height: number, channels: 1 | 3 = 1, seed = 1): Raster => {
  let state = seed;
  const next = () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
  return createRaster({
    width,
    height,
    channels,
    data: Float32Array.from({ length: width * height * channels }, () => next() * 4000),
  });
};

const wholeView = (raster: Raster, x: number, y = x): GridView => ({
  raster,
  offset: { x: 0, y: 0 },
  factor: { x, y },
  whole: raster,
});

/** The definition, sample by sample in double precision. */
function sampleBicubic(raster: Raster, factor: { x: number; y: number }, x: number, y: number): number {
  const column = (x + 0.5) / factor.x - 0.5;
  const row = (y + 0.5) / factor.y - 0.5;
  let sum = 0;
  for (let j = Math.floor(row) - 1; j <= Math.floor(row) + 2; j += 1) {
    for (let i = Math.floor(column) - 1; i <= Math.floor(column) + 2; i += 1) {
      const sampleX = Math.min(raster.width - 1, Math.max(0, i));
      const sampleY = Math.min(raster.height - 1, Math.max(0, j));
      sum += cubicKernel(column - i) * cubicKernel(row - j) * raster.data[sampleY * raster.width + sampleX]!;
    }
  }
  return sum;
}

it('coverBicubic enlarges what is coarser, and gives the rest as it is', () => {
  const raster = { ...noise(7, 5, 3), unknown: new Uint8Array(35) };
  const region = { x: 2, y: 1, width: 3, height: 2 };
  const coarser = wholeView(raster, 2);
  expect(coverBicubic(coarser, region)).toEqual({ raster: upsampleBicubic(coarser, region), offset: region });
  const same = { ...wholeView(raster, 1), offset: { x: 1, y: 1 } };
  const covering = coverBicubic(same, region);
  expect(covering.raster.data).toBe(raster.data);
  expect(covering.raster.unknown).toBeNull();
  expect(partOf(covering, region)).toEqual(upsampleBicubic(same, region));
});

describe('upsampleBicubic', () => {
  it('follows the definition, with different factors along x and y', () => {
    const raster = noise(7, 5);
    const factor = { x: 3.5, y: 2.2 };
    const region = { x: 0, y: 0, width: 24, height: 11 };
    const result = upsampleBicubic({ ...wholeView(raster, 1), factor }, region);
    for (let y = 0; y < 11; y += 1) {
      for (let x = 0; x < 24; x += 1) {
        expect(result.data[y * 24 + x]).toBeCloseTo(sampleBicubic(raster, factor, x, y), 1);
      }
    }
  });

  it('follows it between pixels and outside as well', () => {
    const raster = noise(7, 5);
    const region = { x: -3.75, y: 2.5, width: 31, height: 11 };
    const result = upsampleBicubic(wholeView(raster, 3.5, 2.2), region);
    for (let y = 0; y < 11; y += 1) {
      for (let x = 0; x < 31; x += 1) {
        const expected = sampleBicubic(raster, { x: 3.5, y: 2.2 }, x - 3.75, y + 2.5);
        expect(result.data[y * 31 + x]).toBeCloseTo(expected, 1);
      }
    }
  });

  it('gives exactly the same values for any split into regions, from as little of the target as it names', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 1, max: 9, noNaN: true }),
        fc.double({ min: 1, max: 9, noNaN: true }),
        fc.infiniteStream(fc.nat(10_000)),
        (width, height, fx, fy, numbers) => {
          const raster = noise(width, height, 3, width * 17 + height);
          const view = wholeView(raster, fx, fy);
          const size = { width: Math.round(width * fx), height: Math.round(height * fy) };
          const whole = upsampleBicubic(view, { x: 0, y: 0, ...size });
          const pick = (limit: number) => numbers.next().value % limit;
          const x = pick(size.width);
          const y = pick(size.height);
          const region = { x, y, width: 1 + pick(size.width - x), height: 1 + pick(size.height - y) };
          const needed = coarseRegion(region, view.factor, raster);
          const part = { ...view, raster: cropRaster(raster, needed), offset: needed };
          expect(upsampleBicubic(part, region).data).toEqual(cropRaster(whole, region).data);
        },
      ),
    );
  });

  it('keeps a constant, and values at factor 1', () => {
    const flat = createRaster({ width: 3, height: 2, channels: 1, data: new Float32Array(6).fill(1234.5) });
    const enlarged = upsampleBicubic(wholeView(flat, 5), { x: 0, y: 0, width: 15, height: 10 });
    expect(new Set(enlarged.data)).toEqual(new Set([1234.5]));
    const raster = noise(6, 4);
    const same = upsampleBicubic(wholeView(raster, 1), { x: 1, y: 2, width: 4, height: 2 });
    expect(same.data).toEqual(cropRaster(raster, { x: 1, y: 2, width: 4, height: 2 }).data);
  });

  it('is centred: a ramp stays a ramp without a shift', () => {
    const ramp = createRaster({
      width: 16,
      height: 1,
      channels: 1,
      data: Float32Array.from({ length: 16 }, (_, i) => i),
    });
    const result = upsampleBicubic(wholeView(ramp, 4, 1), { x: 0, y: 0, width: 64, height: 1 });
    for (let x = 12; x < 52; x += 1) expect(result.data[x]).toBeCloseTo((x + 0.5) / 4 - 0.5, 5);
  });

  it('carries alpha along and keeps it within 0…1', () => {
    const data = new Float32Array(4);
    const raster = createRaster({
      width: 4,
      height: 1,
      channels: 1,
      data,
      alpha: Float32Array.of(0, 0, 1, 1),
    });
    const { alpha } = upsampleBicubic(wholeView(raster, 4, 1), { x: 0, y: 0, width: 16, height: 1 });
    expect(alpha?.[0]).toBe(0);
    expect(alpha?.[15]).toBe(1);
    expect(Math.min(...alpha!)).toBe(0);
    expect(Math.max(...alpha!)).toBe(1);
    expect(alpha?.[7]).toBeCloseTo(1 - alpha![8]!, 6);
  });

  it('refuses a view that does not hold what the region needs', () => {
    const raster = noise(8, 8);
    const part = { ...wholeView(raster, 2), raster: cropRaster(raster, { x: 0, y: 0, width: 4, height: 8 }) };
    expect(() => upsampleBicubic(part, { x: 0, y: 0, width: 16, height: 16 })).toThrow(RangeError);
  });
});

describe('upsampleUnknown', () => {
  it('marks the pixels whose nearest coarse pixel is unknown, in any part of the picture', () => {
    const data = new Float32Array(9);
    const unknown = Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0);
    const raster = createRaster({ width: 3, height: 3, channels: 1, data, unknown });
    const whole = upsampleUnknown(wholeView(raster, 2), { x: 0, y: 0, width: 6, height: 6 })!;
    expect([...whole].flatMap((mark, i) => (mark ? [i] : []))).toEqual([14, 15, 20, 21]);
    const part = upsampleUnknown(wholeView(raster, 2), { x: 3, y: 2, width: 3, height: 1 })!;
    expect([...part]).toEqual([1, 0, 0]);
  });

  it('is null where every pixel is known', () => {
    const unknown = Uint8Array.of(1, 0);
    const raster = createRaster({ width: 2, height: 1, channels: 1, data: new Float32Array(2), unknown });
    expect(upsampleUnknown(wholeView(raster, 4), { x: 4, y: 0, width: 4, height: 4 })).toBeNull();
  });
});
