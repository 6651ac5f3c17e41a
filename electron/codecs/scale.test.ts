import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExportSettings } from '../contract/recipe';
import { createRaster, type Raster } from '../raster/raster';
import { png } from './png';
import { quantise } from './quantise';
import { formatScaleRecord, parseScaleRecord } from './scale-record';
import { tiff } from './tiff';

const settings = (sampleType: 'u8' | 'u16', range: ExportSettings['range'] = null): ExportSettings => ({
  format: 'png',
  sampleType,
  range,
  overwrite: 'refuse',
  quality: 90,
});

function row(values: readonly number[], more: Partial<Raster> = {}): Raster {
  return createRaster({
    width: values.length,
    height: 1,
    channels: 1,
    data: Float32Array.from(values),
    ...more,
  });
}

const eightBits = { sampleType: 'u8', fullScale: { min: 0, max: 255 } } as const;
const sixteenBits = { sampleType: 'u16', fullScale: { min: 0, max: 65535 } } as const;

const codesOf = (raster: Raster, wanted: ExportSettings) => {
  const { samples, ...rest } = quantise(raster, wanted, { alpha: 'keep' });
  return { codes: Array.from(samples), ...rest };
};

describe('values to codes', () => {
  it('keeps the numbers of a 16-bit depth in millimetres, and says nothing when there is nothing to say', () => {
    const { codes, record, clampedPixels } = codesOf(row([0, 1234, 65535], sixteenBits), settings('u16'));
    expect(codes).toEqual([0, 1234, 65535]);
    expect(record).toBeNull();
    expect(clampedPixels).toBe(0);
  });

  it('widens 8 bits to the whole 16-bit scale', () => {
    const { codes, record } = codesOf(row([0, 1, 255], eightBits), settings('u16'));
    expect(codes).toEqual([0, 257, 65535]);
    expect(record?.scale).toBeCloseTo(1 / 257, 15);
  });

  it('uses the range asked for, rounds to the nearest code and counts what does not fit', () => {
    const { codes, clampedPixels, record } = codesOf(
      row([499, 500, 501, 755, 756, Number.NaN], { ...sixteenBits, unit: 'mm' }),
      settings('u8', { min: 500, max: 755 }),
    );
    expect(codes).toEqual([0, 0, 1, 255, 255, 0]);
    expect(clampedPixels).toBe(3);
    expect(record).toEqual({ scale: 1, offset: 500, unit: 'mm', zeroIsUnknown: false });
  });

  it('does not count a value that rounds onto the scale', () => {
    expect(codesOf(row([-0.4, 255.4], eightBits), settings('u8')).clampedPixels).toBe(0);
    expect(codesOf(row([-0.6, 255.6], eightBits), settings('u8')).clampedPixels).toBe(2);
  });

  it('counts a colour pixel once, however many of its channels were clamped', () => {
    const data = Float32Array.of(300, 10, 400, 10, 500, 10);
    const raster = createRaster({ width: 2, height: 1, channels: 3, data, ...eightBits });
    expect(codesOf(raster, settings('u8'))).toMatchObject({
      codes: [255, 255, 255, 10, 10, 10],
      clampedPixels: 1,
    });
  });

  it('spans the extent of float values when no range is named, unknown ones left out', () => {
    const raster = row([-3, 0, 5, 1], { sampleType: 'f32', unknown: Uint8Array.of(0, 1, 0, 0) });
    const { codes, record } = codesOf(raster, settings('u8'));
    expect(codes).toEqual([1, 0, 255, 128]);
    expect(record?.zeroIsUnknown).toBe(true);
    expect(record?.offset).toBeCloseTo(-3 - 8 / 254, 12);
  });

  it('writes unknown pixels as 0 and keeps known ones off it', () => {
    const raster = row([0, 0, 0.3, 7], { ...eightBits, unknown: Uint8Array.of(1, 0, 0, 0) });
    expect(codesOf(raster, settings('u8'))).toMatchObject({ codes: [0, 1, 1, 7], clampedPixels: 0 });
  });

  it('writes a constant map without dividing by nothing', () => {
    const { codes, record, clampedPixels } = codesOf(row([4.5, 4.5], { sampleType: 'f32' }), settings('u16'));
    expect(codes).toEqual([0, 0]);
    expect(clampedPixels).toBe(0);
    expect(record).toMatchObject({ scale: 0, offset: 4.5 });
  });
});

describe('codes back to values', () => {
  const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });

  it.each([png, tiff])(
    '$title: a float map comes back within half a code, with unit, range and unknown',
    async (codec) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(finite, { minLength: 2, maxLength: 40 }),
          fc.constantFrom('u8' as const, 'u16' as const),
          fc.boolean(),
          async (values, sampleType, withUnknown) => {
            const unknown = Uint8Array.from(values, (_, at) => (withUnknown && at === 0 ? 1 : 0));
            const known = values.map((value) => Math.fround(value) + 0);
            const raster = row(
              known.map((value, at) => (unknown[at] ? 0 : value)),
              { sampleType: 'f32', unit: 'mm', unknown: withUnknown ? unknown : null },
            );
            const { bytes } = await codec.encode!(raster, settings(sampleType));
            const again = (await codec.decode(bytes)).raster;
            const kept = known.filter((_, at) => unknown[at] === 0);
            const [min, max] = [Math.min(...kept), Math.max(...kept)];
            const halfCode = (max - min) / (sampleType === 'u8' ? 254 : 65534) / 2;
            const slack = (Math.abs(min) + Math.abs(max)) * 2 ** -23;
            expect(again.unit).toBe('mm');
            expect(Array.from(again.unknown ?? [])).toEqual(withUnknown ? Array.from(unknown) : []);
            expect(Math.abs(again.fullScale.min - min)).toBeLessThanOrEqual(2 * halfCode + slack);
            expect(Math.abs(again.fullScale.max - max)).toBeLessThanOrEqual(slack);
            again.data.forEach((value, at) => {
              expect(Math.abs(value - raster.data[at]!)).toBeLessThanOrEqual(halfCode + slack);
            });
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it.each([png, tiff])('$title: whole disparities survive 16 bits exactly', async (codec) => {
    const values = Array.from({ length: 256 }, (_, value) => value);
    const { bytes } = await codec.encode!(row(values, { ...eightBits, unit: 'px' }), settings('u16'));
    const { raster } = await codec.decode(bytes);
    expect(Array.from(raster.data)).toEqual(values);
    expect(raster).toMatchObject({ unit: 'px', fullScale: { min: 0, max: 255 }, sampleType: 'u16' });
  });

  it('a unit alone is recorded, values untouched', async () => {
    const { bytes } = await png.encode!(row([0, 700, 4095], { ...sixteenBits, unit: 'mm' }), settings('u16'));
    const { raster, notices } = await png.decode(bytes);
    expect(notices).toEqual([]);
    expect(raster).toMatchObject({ unit: 'mm', fullScale: { min: 0, max: 65535 }, unknown: null });
    expect(Array.from(raster.data)).toEqual([0, 700, 4095]);
  });

  it('float TIFF records its unit', async () => {
    const { bytes } = await tiff.encode!(row([1.25, -3], { sampleType: 'f32', unit: 'm' }), {
      ...settings('u16'),
      sampleType: 'f32',
    });
    expect((await tiff.decode(bytes)).raster).toMatchObject({ unit: 'm', fullScale: { min: -3, max: 1.25 } });
  });
});

describe('the record', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.constantFrom('none', 'mm', 'cm', 'm', 'px'),
        fc.boolean(),
        (scale, offset, unit, zeroIsUnknown) => {
          const record = { scale: scale + 0, offset: offset + 0, unit, zeroIsUnknown } as const;
          const again = parseScaleRecord(formatScaleRecord(record as never));
          expect(again).toEqual({
            ...record,
            scale: scale === 0 ? 0 : scale,
            offset: offset === 0 ? 0 : offset,
          });
        },
      ),
    );
  });

  it.each([
    'A photograph',
    'Sidelight: scale=1',
    'Sidelight: scale=1 offset=0 unit=parsec',
    'Sidelight: scale=1e999 offset=0 unit=mm',
    'Sidelight: scale=NaN offset=0 unit=mm',
    'x Sidelight: scale=1 offset=0 unit=mm',
  ])('ignores other text: %s', (text) => {
    expect(parseScaleRecord(text)).toBeNull();
  });
});
