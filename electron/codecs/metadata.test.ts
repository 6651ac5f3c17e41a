import { describe, expect, it } from 'vitest';
import type { ExportSettings } from '../contract/recipe';
import { createRaster, type Raster } from '../raster/raster';
import { movableExif, readExif } from './exif';
import { fixturePath } from './fixture';
import { numbersOf, textOf } from './ifd';
import { orientedLayout } from './layout';
import { codecs } from './list';
import { readImage } from './read';
import { readHeader } from './vips';

const photo = async (): Promise<Raster> => (await readImage(fixturePath('turned.jpg'))).raster;

const settings = (format: string): ExportSettings => ({
  format,
  sampleType: 'u8',
  range: null,
  overwrite: 'refuse',
  quality: 100,
});

async function throughFile(raster: Raster, format: string) {
  const codec = codecs.find(({ id }) => id === format)!;
  const encoded = await codec.encode!(raster, settings(format));
  return { encoded, again: await codec.decode(encoded.bytes) };
}

const carriers = ['png', 'jpeg', 'webp', 'tiff'];

describe('colour profiles', () => {
  it.each(carriers)('%s carries the profile of a colour picture, byte for byte', async (format) => {
    const raster = await photo();
    const { encoded, again } = await throughFile(raster, format);
    expect(encoded.notices).toEqual([]);
    expect(again.raster.icc).toEqual(raster.icc);
    expect(Math.abs(again.raster.data[0]! - raster.data[0]!)).toBeLessThanOrEqual(format === 'jpeg' ? 3 : 0);
    // An independent reader finds it, too.
    const header = await readHeader(format, encoded.bytes);
    expect(Buffer.from(header.icc ?? []).equals(Buffer.from(raster.icc ?? []))).toBe(true);
  });

  it.each(carriers)('%s does not give a grey picture the profile of a colour one', async (format) => {
    const { icc } = await photo();
    const grey = createRaster({ width: 2, height: 1, channels: 1, data: Float32Array.of(1, 2), icc });
    const { encoded } = await throughFile(grey, format);
    expect(Buffer.from(encoded.bytes).includes(Buffer.from(icc ?? []).subarray(0, 64))).toBe(false);
    expect((await readHeader(format, encoded.bytes)).icc).toBeNull();
  });

  it('a long profile spans several JPEG segments', async () => {
    const raster = await photo();
    const icc = new Uint8Array(200_000).map((_, at) => (at * 31) % 251);
    icc.set(raster.icc!.subarray(0, 128));
    new DataView(icc.buffer).setUint32(0, icc.length);
    const { again } = await throughFile({ ...raster, icc }, 'jpeg');
    expect(Buffer.compare(again.raster.icc!, icc)).toBe(0);
  });

  it('what does not fit becomes a notice, and the picture is written', async () => {
    const raster = await photo();
    const exif = Buffer.concat([raster.exif!, new Uint8Array(70_000)]);
    const { encoded, again } = await throughFile({ ...raster, exif }, 'jpeg');
    expect(encoded.notices.join()).toContain('EXIF');
    expect(again.raster).toMatchObject({ width: 5, height: 7, exif: null });
  });

  it('an unreadable EXIF block costs TIFF a notice, not the picture', async () => {
    const { encoded, again } = await throughFile(
      { ...(await photo()), exif: Uint8Array.of(1, 2, 3) },
      'tiff',
    );
    expect(encoded.notices.join()).toContain('EXIF');
    expect(again.raster.width).toBe(5);
  });
});

describe('EXIF', () => {
  it.each(carriers)('%s carries maker and artist, upright', async (format) => {
    const { again } = await throughFile(await photo(), format);
    // Upright: a reader that applied the orientation again would turn it back to 7 × 5.
    expect(again.raster).toMatchObject({ width: 5, height: 7 });
    const { image } = movableExif(again.raster.exif!);
    expect(image.filter(({ tag }) => tag === 271 || tag === 315).map(textOf)).toEqual(['Maker', 'Artist']);
  });

  it('big-endian blocks with sub-directories pass through TIFF with their numbers right', async () => {
    const exif = bigEndianExif();
    const { again } = await throughFile({ ...(await photo()), exif }, 'tiff');
    const moved = movableExif(again.raster.exif!);
    expect(moved.image.map(textOf)).toContain('Camera of the test');
    expect(moved.exif.map((entry) => [entry.tag, numbersOf(entry)[0]])).toEqual([
      [33434, 1 / 125],
      [34855, 400],
    ]);
  });

  it('resets the orientation and unhooks the thumbnail without moving anything', () => {
    const block = bigEndianExif();
    const { orientation, block: reset } = readExif(Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), block]));
    expect(orientation).toBe(8);
    expect(readExif(reset).orientation).toBe(1);
    expect(reset).toHaveLength(block.length);
    const changed = Array.from(block.keys()).filter((at) => block[at] !== reset![at]);
    expect(changed).toEqual([8 + 2 + 12 + 9, 8 + 2 + 3 * 12 + 3]);
  });

  it.each([
    Uint8Array.of(),
    Uint8Array.of(73, 73, 42, 0, 8),
    Uint8Array.of(73, 73, 42, 0, 255, 255, 255, 255),
    Uint8Array.of(73, 73, 42, 0, 8, 0, 0, 0, 200, 0, 1, 1),
  ])('leaves out a block that makes no sense', (bytes) => {
    expect(readExif(bytes)).toEqual({ orientation: 1, block: null });
  });
});

describe('orientation', () => {
  // A 2 × 3 picture of letters as it looks upright, for each way a camera may have stored it (EXIF 2.32, tag 274).
  const stored: Record<number, string[]> = {
    1: ['ab', 'cd', 'ef'],
    2: ['ba', 'dc', 'fe'],
    3: ['fe', 'dc', 'ba'],
    4: ['ef', 'cd', 'ab'],
    5: ['ace', 'bdf'],
    6: ['bdf', 'ace'],
    7: ['fdb', 'eca'],
    8: ['eca', 'fdb'],
  };

  it.each(Object.entries(stored))('%s', (orientation, rows) => {
    const width = rows[0]!.length;
    const size = { width, height: rows.length };
    const upright = orientedLayout({ offset: 0, x: 1, y: width, band: 0 }, size, Number(orientation));
    const letters = rows.join('');
    const seen = Array.from({ length: upright.height }, (_, y) =>
      Array.from(
        { length: upright.width },
        (_, x) => letters[upright.layout.offset + x * upright.layout.x + y * upright.layout.y],
      ).join(''),
    );
    expect(seen).toEqual(['ab', 'cd', 'ef']);
  });
});

/** Camera, orientation 8, a sub-directory with exposure and sensitivity, and a thumbnail directory. */
function bigEndianExif(): Uint8Array {
  const camera = 'Camera of the test\0';
  const block = Buffer.alloc(140);
  block.write('MM\0*\0\0\0\x08', 'latin1');
  const entry = (at: number, tag: number, type: number, count: number, write: (at: number) => void) => {
    block.writeUInt16BE(tag, at);
    block.writeUInt16BE(type, at + 2);
    block.writeUInt32BE(count, at + 4);
    write(at + 8);
  };
  block.writeUInt16BE(3, 8);
  entry(10, 272, 2, camera.length, (at) => block.writeUInt32BE(100, at));
  entry(22, 274, 3, 1, (at) => block.writeUInt16BE(8, at));
  entry(34, 34665, 4, 1, (at) => block.writeUInt32BE(56, at));
  block.writeUInt32BE(130, 46);
  block.writeUInt16BE(2, 56);
  entry(58, 33434, 5, 1, (at) => block.writeUInt32BE(90, at));
  entry(70, 34855, 3, 1, (at) => block.writeUInt16BE(400, at));
  block.writeUInt32BE(1, 90);
  block.writeUInt32BE(125, 94);
  block.write(camera, 100, 'latin1');
  return new Uint8Array(block);
}
