import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExportSettings } from '../contract/recipe';
import { createRaster, type Raster } from '../raster/raster';
import { codecs, describeFormats } from './list';

const settingsFor = (format: string, sampleType: ExportSettings['sampleType']): ExportSettings => ({
  format,
  sampleType,
  range: null,
  overwrite: 'refuse',
  quality: 100,
});

async function throughFile(raster: Raster, settings: ExportSettings) {
  const codec = codecs.find(({ id }) => id === settings.format)!;
  const encoded = await codec.encode!(raster, settings);
  expect(codec.recognises(encoded.bytes.subarray(0, 64))).toBe(true);
  return { ...encoded, again: await codec.decode(encoded.bytes) };
}

const sizes = fc.record({ width: fc.integer({ min: 1, max: 23 }), height: fc.integer({ min: 1, max: 17 }) });
const channelCounts = fc.constantFrom(1 as const, 3 as const);

/** Samples of all channels; a three-channel raster gets one pixel that is not grey, so that it stays three channels. */
function rasters(sampleType: Raster['sampleType'], sample: fc.Arbitrary<number>, alphaCodes: number | null) {
  const max = sampleType === 'u8' ? 255 : 65535;
  return fc.tuple(sizes, channelCounts).chain(([size, channels]) => {
    const pixels = size.width * size.height;
    return fc
      .tuple(
        fc.array(sample, { minLength: pixels * channels, maxLength: pixels * channels }),
        fc.array(fc.integer({ min: 0, max: alphaCodes ?? 1 }), { minLength: pixels, maxLength: pixels }),
      )
      .map(([samples, alpha]) => {
        const data = Float32Array.from(samples);
        if (channels === 3) data.set([data[0] === 7 ? 8 : 7], pixels);
        const shares = Float32Array.from(alpha, (code) => code / (alphaCodes ?? 1));
        return createRaster({
          ...size,
          channels,
          data,
          sampleType,
          fullScale: { min: 0, max },
          alpha: alphaCodes !== null && shares.some((share) => share < 1) ? shares : null,
        });
      });
  });
}

const codes = (max: number) => fc.integer({ min: 0, max });
const floats = fc.float({ noNaN: true, noDefaultInfinity: true });

const exact = [
  ['png', 'u8', true],
  ['png', 'u16', true],
  ['tiff', 'u8', true],
  ['tiff', 'u16', true],
  ['webp', 'u8', true],
  ['bmp', 'u8', false],
  ['npy', 'u8', false],
  ['npy', 'u16', false],
] as const;

describe('exact round trips', () => {
  it.each(exact)('%s %s: every code, colour and alpha', async (format, sampleType, alpha) => {
    const max = sampleType === 'u8' ? 255 : 65535;
    await fc.assert(
      fc.asyncProperty(rasters(sampleType, codes(max), alpha ? max : null), async (raster) => {
        const { again, clampedPixels } = await throughFile(raster, settingsFor(format, sampleType));
        expect(clampedPixels).toBe(0);
        expect(again.raster).toMatchObject({
          width: raster.width,
          height: raster.height,
          channels: raster.channels,
          fullScale: { min: 0, max },
          sampleType,
        });
        expect(again.raster.data).toEqual(raster.data);
        expect(again.raster.alpha).toEqual(raster.alpha);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['tiff', true],
    ['pfm', false],
    ['npy', false],
  ] as const)('%s f32: every bit of every float', async (format, alpha) => {
    await fc.assert(
      fc.asyncProperty(rasters('f32', floats, alpha ? 255 : null), async (raster) => {
        const { again } = await throughFile(raster, settingsFor(format, 'f32'));
        expect(again.raster.channels).toBe(raster.channels);
        expect(again.raster.sampleType).toBe('f32');
        expect(again.raster.data).toEqual(raster.data);
        expect(again.raster.alpha).toEqual(raster.alpha);
      }),
      { numRuns: 40 },
    );
  });

  it.each(['tiff', 'pfm', 'npy'])('%s f32: unknown pixels come back unknown', async (format) => {
    const raster = createRaster({
      width: 3,
      height: 1,
      channels: 1,
      data: Float32Array.of(1.5, 0, -2),
      unknown: Uint8Array.of(0, 1, 0),
    });
    const { again } = await throughFile(raster, settingsFor(format, 'f32'));
    expect(again.raster.unknown).toEqual(raster.unknown);
    expect(again.raster.data).toEqual(raster.data);
    expect(again.raster.fullScale).toEqual({ min: -2, max: 1.5 });
  });

  it('a large 16-bit picture crosses strips and tiles unharmed', async () => {
    const width = 1021;
    const height = 613;
    const data = Float32Array.from({ length: width * height * 3 }, (_, at) => (at * 40503) % 65536);
    const raster = createRaster({
      width,
      height,
      channels: 3,
      data,
      sampleType: 'u16',
      fullScale: { min: 0, max: 65535 },
    });
    for (const format of ['png', 'tiff', 'npy']) {
      const { again } = await throughFile(raster, settingsFor(format, 'u16'));
      expect(Buffer.from(again.raster.data.buffer).equals(Buffer.from(data.buffer))).toBe(true);
    }
  });
});

describe('lossy formats', () => {
  const ramp = (channels: 1 | 3) =>
    createRaster({
      width: 64,
      height: 48,
      channels,
      data: Float32Array.from(
        { length: 64 * 48 * channels },
        (_, at) => (at % 64) * 2 + Math.floor((at % 3072) / 64) + Math.floor(at / 3072) * 30,
      ),
      sampleType: 'u8',
      fullScale: { min: 0, max: 255 },
    });

  it.each([
    ['jpeg', 1],
    ['jpeg', 3],
    ['webp', 3],
  ] as const)('%s stays close on a smooth picture of %i channels', async (format, channels) => {
    const raster = ramp(channels);
    const { again, notices } = await throughFile(raster, { ...settingsFor(format, 'u8'), quality: 90 });
    expect(notices.some((notice) => notice.includes('lossy'))).toBe(channels === 1);
    expect(again.raster.channels).toBe(channels);
    again.raster.data.forEach((value, at) => {
      expect(Math.abs(value - raster.data[at]!)).toBeLessThanOrEqual(8);
    });
  });

  it('webp writes maps lossless at any quality', async () => {
    const { again } = await throughFile(ramp(1), { ...settingsFor('webp', 'u8'), quality: 20 });
    expect(again.raster.channels).toBe(1);
    expect(again.raster.data).toEqual(ramp(1).data);
  });

  it.each(['jpeg', 'bmp'])('%s lays transparency onto white, and says so', async (format) => {
    const raster = createRaster({
      width: 16,
      height: 16,
      channels: 3,
      data: new Float32Array(16 * 16 * 3).fill(100).fill(40, 0, 256),
      alpha: new Float32Array(256).fill(0.5),
      sampleType: 'u8',
      fullScale: { min: 0, max: 255 },
    });
    const { again, notices } = await throughFile(raster, settingsFor(format, 'u8'));
    expect(notices.join()).toContain('white');
    expect(again.raster.alpha).toBeNull();
    expect(Math.abs(again.raster.data[0]! - 147.5)).toBeLessThanOrEqual(2);
    expect(Math.abs(again.raster.data[256]! - 177.5)).toBeLessThanOrEqual(2);
  });

  it.each([
    ['jpeg', 65536],
    ['webp', 16384],
  ])('%s refuses a side it cannot hold', async (format, width) => {
    const raster = createRaster({ width, height: 1, channels: 1, data: new Float32Array(width) });
    const codec = codecs.find(({ id }) => id === format)!;
    await expect(codec.encode!(raster, settingsFor(format, 'u8'))).rejects.toMatchObject({
      code: 'format-unsupported',
    });
  });
});

describe('the list of formats', () => {
  it('has unique ids and extensions, and describes what each one writes', () => {
    const descriptions = describeFormats();
    const extensions = descriptions.flatMap((format) => format.extensions);
    expect(new Set(extensions).size).toBe(extensions.length);
    expect(descriptions.map(({ id, writes }) => [id, writes])).toEqual([
      ['png', ['u8', 'u16']],
      ['tiff', ['u8', 'u16', 'f32']],
      ['jpeg', ['u8']],
      ['webp', ['u8']],
      ['bmp', ['u8']],
      ['pfm', ['f32']],
      ['npy', ['f32', 'u16', 'u8']],
    ]);
  });

  it('1 × 1 pictures pass through every format', async () => {
    for (const { id, writes } of codecs) {
      const raster = createRaster({
        width: 1,
        height: 1,
        channels: 1,
        data: Float32Array.of(200),
        sampleType: 'u8',
        fullScale: { min: 0, max: 255 },
      });
      const { again } = await throughFile(raster, settingsFor(id, writes[0]!));
      expect(again.raster).toMatchObject({ width: 1, height: 1 });
      expect(Math.abs(again.raster.data[0]! - 200)).toBeLessThanOrEqual(id === 'jpeg' ? 2 : 0);
    }
  });
});
