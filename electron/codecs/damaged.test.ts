import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SidelightError } from '../contract/errors';
import { createRaster } from '../raster/raster';
import type { Codec } from './codec';
import { fixtureBytes } from './fixture';
import { codecs } from './list';

const raster = createRaster({
  width: 19,
  height: 13,
  channels: 3,
  data: Float32Array.from({ length: 19 * 13 * 3 }, (_, at) => (at * 97) % 256),
  sampleType: 'u8',
  fullScale: { min: 0, max: 255 },
});

async function sample(codec: Codec): Promise<Uint8Array> {
  const { bytes } = await codec.encode!(raster, {
    format: codec.id,
    sampleType: codec.writes[0]!,
    range: null,
    overwrite: 'refuse',
    quality: 90,
  });
  return new Uint8Array(bytes);
}

async function outcome(codec: Codec, bytes: Uint8Array): Promise<string> {
  return codec.decode(bytes).then(
    () => 'read',
    (thrown) => (thrown instanceof SidelightError ? thrown.code : `${thrown}\n${thrown?.stack}`),
  );
}

const foreign = [
  ['png', 'palette.png'],
  ['png', 'rgba16.png'],
  ['jpeg', 'turned.jpg'],
  ['jpeg', 'cmyk.jpg'],
  ['webp', 'alpha.webp'],
  ['bmp', 'bits1.bmp'],
  ['bmp', 'runs.bmp'],
  ['bmp', 'rgba.bmp'],
  ['tiff', 'tiled.tif'],
  ['tiff', 'u16-lzw.tif'],
  ['tiff', 'u8-packbits.tif'],
  ['tiff', 'u16-bigtiff.tif'],
  ['tiff', 'f32-float-predictor.tif'],
  ['tiff', 'bits1-group4.tif'],
  ['tiff', 'palette.tif'],
  ['pfm', 'cv-rgb.pfm'],
  ['npy', 'fortran.npy'],
  ['npy', 'version2.npy'],
] as const;

const codecOf = (id: string) => codecs.find((codec) => codec.id === id)!;
const files: [string, Codec, () => Promise<Uint8Array>][] = [
  ...codecs.map((codec): [string, Codec, () => Promise<Uint8Array>] => [
    `our own ${codec.title}`,
    codec,
    () => sample(codec),
  ]),
  ...foreign.map(([id, name]): [string, Codec, () => Promise<Uint8Array>] => [
    name,
    codecOf(id),
    async () => fixtureBytes(name),
  ]),
];

/** What a damaged file may be called; never `internal`, never a bare exception. */
const clearCodes = ['image-damaged', 'image-empty', 'image-too-large', 'format-unsupported'];

describe('truncated files', () => {
  it.each(files)('%s, cut at every length, is refused clearly', async (_, codec, make) => {
    const whole = await make();
    const step = Math.max(1, Math.floor(whole.length / 60));
    const lengths = [whole.length - 1, whole.length - 2];
    for (let length = 4; length < whole.length - 2; length += step) lengths.push(length);
    for (const length of lengths) {
      expect([length, await outcome(codec, whole.slice(0, length))]).toEqual([
        length,
        expect.stringMatching(new RegExp(`^(${clearCodes.join('|')})$`)),
      ]);
    }
  });
});

describe('files with wrong bytes', () => {
  it.each(files)('%s: flipped bytes give a picture or a clear error', async (_, codec, make) => {
    const whole = await make();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.boolean(),
        async (changes, inHeader) => {
          const bytes = whole.slice();
          const end = inHeader ? Math.min(120, bytes.length) : bytes.length;
          for (const { at, value } of changes) bytes[4 + (at % (end - 4))] = value;
          expect(['read', ...clearCodes]).toContain(await outcome(codec, bytes));
        },
      ),
      { numRuns: 60 },
    );
  });
});
