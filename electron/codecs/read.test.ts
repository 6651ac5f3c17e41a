import { copyFile, mkdir, mkdtemp, open, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../contract/errors';
import { createRaster } from '../raster/raster';
import { fileOperations } from './files';
import { fixtureBytes, fixturePath } from './fixture';
import { npy } from './npy';
import { writeNpyHeader } from './npy-header';
import { png } from './png';
import { readImage } from './read';
import { tiff } from './tiff';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sidelight-read-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function expectRefusal(path: string, code: ErrorCode, words: RegExp, operations = fileOperations) {
  await expect(readImage(path, operations)).rejects.toMatchObject({
    name: 'SidelightError',
    code,
    message: expect.stringMatching(words),
    remedy: expect.stringMatching(/\w{3}/),
  });
}

const failing = (code: string) => Object.assign(new Error(`${code}: refused by the test`), { code });

describe('paths that hold no picture', () => {
  it('missing file', () => expectRefusal(join(folder, 'none.png'), 'file-not-found', /no file.*none\.png/));

  it('missing folder', async () => {
    await expectRefusal(join(await file('plain.txt', 'x'), 'a.png'), 'file-not-found', /no file/);
  });

  it('folder', async () => {
    await mkdir(join(folder, 'folder.png'));
    await expectRefusal(join(folder, 'folder.png'), 'file-not-readable', /is a folder/);
  });

  it.skipIf(process.platform === 'win32')('device: refused instead of read for ever', () =>
    expectRefusal('/dev/zero', 'file-not-readable', /not a regular file/),
  );

  it('link to nowhere', async () => {
    await symlink(join(folder, 'gone'), join(folder, 'link.png'));
    await expectRefusal(join(folder, 'link.png'), 'file-not-found', /no file/);
  });

  it.each(['EACCES', 'EPERM'])('no permission (%s)', async (code) => {
    const operations = { ...fileOperations, open: () => Promise.reject(failing(code)) };
    await expectRefusal(fixturePath('u8.png'), 'file-not-readable', /no permission.*u8\.png/, operations);
  });

  it('drive that fails', async () => {
    const operations = { ...fileOperations, open: () => Promise.reject(failing('EIO')) };
    await expectRefusal(fixturePath('u8.png'), 'file-not-readable', /u8\.png.*EIO/, operations);
  });

  it('empty file', async () => {
    await expectRefusal(await file('empty.png', ''), 'image-empty', /empty\.png.*0 bytes/);
  });

  it.each([
    [
      'a text file named .png',
      'notes.png',
      'These are my notes.\nNothing more.',
      'format-unknown',
      /text file/,
    ],
    [
      'an unknown binary',
      'noise.tif',
      Uint8Array.of(1, 0, 2, 0, 255, 254),
      'format-unknown',
      /not a picture/,
    ],
    ['a GIF', 'moving.png', 'GIF89a\x01\x02', 'format-unsupported', /a GIF/],
    ['an archive', 'arrays.npz', 'PK\x03\x04abc', 'format-unsupported', /ZIP/],
    ['a HEIF photo', 'photo.heic', '\0\0\0\x18ftypheic', 'format-unsupported', /HEIF/],
    ['a PGM', 'map.pgm', 'P5\n1 1\n255\nx', 'format-unsupported', /PNM/],
    ['an SVG', 'icon.svg', '<svg xmlns="x">', 'format-unsupported', /SVG/],
  ] as const)('%s', async (_, name, content, code, words) => {
    await expectRefusal(await file(name, content), code, words);
  });

  it('truncated file, by its name', async () => {
    const path = await file('half.png', fixtureBytes('rgb16.png').subarray(0, 150));
    await expectRefusal(path, 'image-damaged', /half\.png.*damaged.*ends in the middle/);
  });
});

describe('sizes', () => {
  const bombSize = /2000000000 × 2000000000.*limit is 200 megapixels/;

  it('decompression bomb: refused by its header, with its size and the limit', () =>
    expectRefusal(fixturePath('enormous.png'), 'image-too-large', bombSize));

  it('header that promises more than the file can hold: damaged, whatever the format', async () => {
    const promising: Record<string, Uint8Array> = {
      'promise.pfm': Buffer.from('Pf\n14000 14000\n-1\n'),
      'promise.npy': writeNpyHeader('<f4', [14000, 14000]),
      'promise.png': promisingPng(),
      'promise.bmp': withNumber(fixtureBytes('rgb.bmp'), 18, 14000, 22, 14000),
      'runs.bmp': withNumber(fixtureBytes('runs.bmp'), 18, 14000, 22, 14000),
    };
    for (const [name, bytes] of Object.entries(promising)) {
      const before = process.memoryUsage().arrayBuffers;
      await expectRefusal(await file(name, bytes), 'image-damaged', /damaged/);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20e6);
    }
  });

  it('sizes beyond the limit in every format with a header of its own', async () => {
    const huge: Record<string, Uint8Array> = {
      'huge.pfm': Buffer.from('Pf\n2000000000 2000000000\n-1\n'),
      'huge.npy': writeNpyHeader('<f4', [2e9, 2e9]),
      'huge.bmp': withNumber(fixtureBytes('rgb.bmp'), 18, 2e9, 22, 2e9),
      'huge.tif': hugeTiff(),
    };
    for (const [name, bytes] of Object.entries(huge)) {
      await expectRefusal(await file(name, bytes), 'image-too-large', bombSize);
    }
  });

  it('no pixels', async () => {
    await expectRefusal(await file('none.pfm', 'Pf\n0 5\n-1\n'), 'image-empty', /0 × 5/);
    await expectRefusal(await file('none.npy', writeNpyHeader('<f4', [0, 4])), 'image-empty', /4 × 0/);
  });

  it('file too large for one buffer: refused before it is read', async () => {
    const path = join(folder, 'vast.npy');
    const handle = await open(path, 'w');
    await handle.writeFile(writeNpyHeader('<f8', [50_000, 60_000]));
    // Sparse: it takes no space.
    await handle.truncate(24e9);
    await handle.close();
    await expectRefusal(path, 'image-too-large', /24\.0 GB/);
  });

  it('camera raw: its preview does not pass for the photo', async () => {
    const bytes = Buffer.from(fixtureBytes('u16.tif'));
    const at = bytes.indexOf(Buffer.from([0, 1, 4, 0, 1, 0, 0, 0]));
    // The width's entry becomes NewSubfileType: 1.
    bytes.writeUInt16LE(254, at);
    bytes.writeUInt32LE(1, at + 8);
    await expectRefusal(await file('raw.tif', bytes), 'format-unsupported', /preview/);
  });

  it.each(['vector.npy', 'complex.npy'])('%s: not the array of a picture', (name) =>
    expectRefusal(fixturePath(name), 'format-unsupported', /array/),
  );
});

describe('contents', () => {
  it('the format is found by content, not by name', async () => {
    await copyFile(fixturePath('u16.tif'), join(folder, 'misnamed.png'));
    expect(await readImage(join(folder, 'misnamed.png'))).toMatchObject({ format: 'tiff' });
  });

  it('three equal channels are one, and lose a profile that no longer fits', async () => {
    const values = Float32Array.of(1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4);
    const icc = rgbProfile();
    const raster = createRaster({
      width: 2,
      height: 2,
      channels: 3,
      data: values,
      icc,
      sampleType: 'u16',
      fullScale: { min: 0, max: 65535 },
    });
    const settings = {
      format: '',
      sampleType: 'u16',
      range: null,
      overwrite: 'refuse',
      quality: 90,
    } as const;
    for (const codec of [png, tiff, npy]) {
      const { raster: again, notices } = await codec.decode((await codec.encode!(raster, settings)).bytes);
      expect(again).toMatchObject({ channels: 1, icc: null });
      expect(Array.from(again.data)).toEqual([1, 2, 3, 4]);
      expect(notices.join()).toContain('equal');
    }
  });

  it.each([
    ['values up to 4095', [0, 300, 4095], '12-bit'],
    ['multiples of 16', [0, 16, 65520], 'multiples of 16'],
    ['the whole scale', [0, 17, 65535], ''],
    ['8 bits in 16', [0, 17, 255], ''],
  ] as const)('16-bit file with %s keeps its values, notice: “%s”', async (_, values, words) => {
    const raster = createRaster({
      width: 3,
      height: 1,
      channels: 1,
      data: Float32Array.from(values),
      sampleType: 'u16',
      fullScale: { min: 0, max: 65535 },
    });
    const settings = {
      format: 'png',
      sampleType: 'u16',
      range: null,
      overwrite: 'refuse',
      quality: 90,
    } as const;
    const again = await png.decode((await png.encode!(raster, settings)).bytes);
    expect(Array.from(again.raster.data)).toEqual([...values]);
    expect(again.raster.fullScale).toEqual({ min: 0, max: 65535 });
    if (words === '') expect(again.notices).toEqual([]);
    else expect(again.notices.join()).toContain(words);
  });
});

function withNumber(bytes: Uint8Array, ...pairs: number[]): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let index = 0; index < pairs.length; index += 2)
    view.setUint32(pairs[index]!, pairs[index + 1]!, true);
  return bytes;
}

/** 14 000 × 14 000 in its header, a few pixels in its data. The checksums of the header are not looked at first. */
function promisingPng(): Uint8Array {
  const bytes = Buffer.from(fixtureBytes('u8.png'));
  bytes.writeUInt32BE(14000, 16);
  bytes.writeUInt32BE(14000, 20);
  return bytes;
}

function hugeTiff(): Uint8Array {
  const bytes = Buffer.from(fixtureBytes('u16.tif'));
  for (const tag of [256, 257]) {
    const at = bytes.indexOf(Buffer.from([tag & 255, tag >> 8, 4, 0, 1, 0, 0, 0]));
    bytes.writeUInt32LE(2e9, at + 8);
  }
  return bytes;
}

/** The least of an RGB profile that is recognised as one. */
function rgbProfile(): Uint8Array {
  const profile = Buffer.alloc(132);
  profile.writeUInt32BE(132, 0);
  profile.write('mntrRGB XYZ ', 12, 'latin1');
  profile.write('acsp', 36, 'latin1');
  return new Uint8Array(profile);
}
