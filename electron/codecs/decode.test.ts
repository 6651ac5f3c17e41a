import { describe, expect, it } from 'vitest';
import type { Raster } from '../raster/raster';
import { code, expectedSamples, fixtureBytes, fixturePath } from './fixture';
import { npy } from './npy';
import { readImage } from './read';

const read = async (name: string) => readImage(fixturePath(name));
type Rule = (x: number, y: number, channel: number) => number;

const u8: Rule = (x, y, c) => code(x, y, c) % 256;
const float: Rule = (x, y, c) => (code(x, y, c) - 30000) / 7;
const holes = new Set(['0,0', '2,1', '6,4']);
const withHoles: Rule = (x, y, c) => (holes.has(`${x},${y}`) ? 0 : float(x, y, c));

function check(raster: Raster, channels: 1 | 3, sampleType: Raster['sampleType'], rule: Rule): void {
  expect(raster).toMatchObject({ channels, sampleType });
  expect(Array.from(raster.data)).toEqual(expectedSamples(raster, rule));
}

const exact: readonly [name: string, channels: 1 | 3, sampleType: Raster['sampleType'], rule: Rule][] = [
  ['u8.png', 1, 'u8', u8],
  ['rgba8.png', 3, 'u8', u8],
  ['u16.png', 1, 'u16', code],
  ['rgb16.png', 3, 'u16', code],
  ['rgba16.png', 3, 'u16', code],
  ['grey1.png', 1, 'u8', (x, y) => (code(x, y) % 2) * 255],
  ['grey2.png', 1, 'u8', (x, y) => (code(x, y) % 4) * 85],
  ['grey4.png', 1, 'u8', (x, y) => (code(x, y) % 16) * 17],
  ['palette.png', 3, 'u8', (x, y, c) => (7 * (code(x, y) % 16) + 90 * c) % 256],
  ['palette-grey.png', 1, 'u8', (x, y) => 10 * (code(x, y) % 16)],
  ['grey16-alpha.png', 1, 'u16', code],
  ['grey8-alpha.png', 1, 'u8', u8],
  ['grey16-transparent.png', 1, 'u16', code],
  ['grey16-gamma.png', 1, 'u16', code],
  ['lossless.webp', 3, 'u8', u8],
  ['alpha.webp', 3, 'u8', u8],
  ['grey.bmp', 1, 'u8', u8],
  ['rgb.bmp', 3, 'u8', u8],
  ['rgba.bmp', 3, 'u8', u8],
  ['runs.bmp', 3, 'u8', (x, y, c) => (31 * Math.floor(code(x, y) / 9000) + 80 * c) % 256],
  ['reserved.bmp', 3, 'u8', u8],
  ['cv.bmp', 3, 'u8', u8],
  ['bits1.bmp', 1, 'u8', (x, y) => (code(x, y) % 2) * 255],
  ['u8.tif', 1, 'u8', u8],
  ['rgb8.tif', 3, 'u8', u8],
  ['u16.tif', 1, 'u16', code],
  ['rgb16.tif', 3, 'u16', code],
  ['rgba16.tif', 3, 'u16', code],
  ['i16.tif', 1, 'f32', (x, y) => code(x, y) - 32768],
  ['i32.tif', 1, 'f32', (x, y) => (code(x, y) - 32768) * 37],
  ['i32_wide.tif', 1, 'f32', (x, y) => (code(x, y) - 32768) * 65537],
  ['f32.tif', 1, 'f32', withHoles],
  ['f64.tif', 1, 'f32', float],
  ['rgbf.tif', 3, 'f32', float],
  ['u16-big-endian.tif', 1, 'u16', code],
  ['f32-big-endian.tif', 1, 'f32', float],
  ['u16-bigtiff.tif', 1, 'u16', code],
  ['u16-deflate-differenced.tif', 1, 'u16', code],
  ['rgb16-deflate-differenced-big-endian.tif', 3, 'u16', code],
  ['rgb16-planar.tif', 3, 'u16', code],
  ['pages.tif', 1, 'u16', code],
  ['white-is-zero.tif', 1, 'u8', (x, y) => 255 - u8(x, y, 0)],
  ['tiled.tif', 1, 'u16', code],
  ['u8-lzw.tif', 1, 'u8', u8],
  ['large-lzw.tif', 1, 'u8', (x, y) => Math.floor(code(x, y) / 256)],
  ['u8-packbits.tif', 1, 'u8', u8],
  ['u16-lzw.tif', 1, 'u16', code],
  ['bits1-group4.tif', 1, 'u8', (x, y) => (code(x, y) % 2) * 255],
  ['palette.tif', 1, 'u8', (x, y) => code(x, y) % 16],
  ['five-bands.tif', 3, 'u16', code],
  ['f32-cv.tif', 1, 'f32', float],
  ['f64-cv.tif', 1, 'f32', float],
  ['rgbf-cv.tif', 3, 'f32', float],
  ['f32-float-predictor.tif', 1, 'f32', float],
  ['cv.pfm', 1, 'f32', float],
  ['cv-rgb.pfm', 3, 'f32', float],
  ['big-endian.pfm', 1, 'f32', withHoles],
  ['fortran.npy', 3, 'u16', code],
  ['planar.npy', 3, 'f32', float],
  ['f64.npy', 1, 'f32', float],
  ['big-endian.npy', 1, 'f32', (x, y) => code(x, y) - 32768],
  ['i64.npy', 1, 'u16', code],
  ['bool.npy', 1, 'u8', (x, y) => code(x, y) % 2],
  ['one-channel.npy', 1, 'u8', u8],
  ['version2.npy', 1, 'f32', withHoles],
];

describe('files of other programs', () => {
  it.each(exact)('%s is read exactly', async (name, channels, sampleType, rule) => {
    const { raster } = await read(name);
    check(raster, channels, sampleType, rule);
  });

  it.each(['f32.tif', 'big-endian.pfm', 'version2.npy', 'f16.npy', 'f16.tif'])(
    '%s: what is no number is unknown, and said to be',
    async (name) => {
      const { raster, notices } = await read(name);
      const unknown = Array.from(raster.unknown ?? []);
      expect(unknown).toEqual(expectedSamples(raster, (x, y) => (holes.has(`${x},${y}`) ? 1 : 0)));
      expect(notices.join()).toContain('3 of 35 pixels');
      expect(raster.data.every(Number.isFinite)).toBe(true);
    },
  );

  it('half floats keep every bit they have', async () => {
    const { raster } = await read('f16.npy');
    const from = (await read('version2.npy')).raster;
    raster.data.forEach((value, at) => {
      expect(Math.abs(value - from.data[at]!)).toBeLessThanOrEqual(Math.abs(from.data[at]!) * 2 ** -11);
    });
  });

  it('float files span the extent of their known values, integer files their scale', async () => {
    const { raster } = await read('f32.tif');
    const known = Array.from(raster.data).filter((_, at) => raster.unknown?.[at] === 0);
    expect(raster.fullScale).toEqual({ min: Math.min(...known), max: Math.max(...known) });
    expect((await read('u16.png')).raster.fullScale).toEqual({ min: 0, max: 65535 });
    expect((await read('u8.tif')).raster.fullScale).toEqual({ min: 0, max: 255 });
    expect((await read('bool.npy')).raster.fullScale).toEqual({ min: 0, max: 1 });
  });

  it.each([
    ['rgba16.png', (x: number, y: number) => code(x, y, 3) / 65535],
    ['rgba16.tif', (x: number, y: number) => code(x, y, 3) / 65535],
    ['rgba8.png', (x: number, y: number) => (code(x, y, 3) % 256) / 255],
    ['rgba.bmp', (x: number, y: number) => (code(x, y, 3) % 256) / 255],
    ['alpha.webp', (x: number, y: number) => (code(x, y, 3) % 256) / 255],
    ['grey16-alpha.png', (x: number, y: number) => code(x, y, 1) / 65535],
    ['grey8-alpha.png', (x: number, y: number) => (code(x, y, 1) % 256) / 255],
    ['grey16-transparent.png', (x: number, y: number) => (code(x, y) === 1 ? 0 : 1)],
  ] as const)('%s: alpha is set apart, with a notice', async (name, rule) => {
    const { raster, notices } = await read(name);
    const one = { width: raster.width, height: raster.height, channels: 1 as const };
    expect(Array.from(raster.alpha ?? [])).toEqual(expectedSamples(one, rule));
    expect(notices.join()).toContain('transparency');
  });

  it.each([
    ['grey4.png', '4-bit'],
    ['five-bands.tif', '2 were left out'],
    ['pages.tif', 'first one was read'],
    ['cmyk.jpg', 'CMYK'],
    ['cmyk.tif', 'CMYK'],
    ['i32_wide.tif', 'rounded'],
    ['f64.npy', 'rounded'],
  ])('%s: a notice says what is special (%s)', async (name, words) => {
    expect((await read(name)).notices.join(' ')).toContain(words);
  });

  it.each(['u8.png', 'u16.tif', 'rgb.bmp', 'palette-grey.png', 'i32.tif', 'cv.pfm', 'i64.npy', 'grey.jpg'])(
    '%s is plain: no notice',
    async (name) => {
      expect((await read(name)).notices).toEqual([]);
    },
  );

  it('a JPEG decodes to what Pillow decodes, to one level', async () => {
    const { raster } = await read('rgb.jpg');
    await expectClose(raster, 'rgb.jpg.npy', 1);
  });

  it('JPEG inside TIFF goes through libvips', async () => {
    await expectClose((await read('jpeg-packed.tif')).raster, 'jpeg-packed.tif.npy', 2);
  });

  it('a kind of TIFF that no reader takes is called that, not damaged', () =>
    expect(read('lab.tif')).rejects.toMatchObject({ code: 'format-unsupported' }));

  it('premultiplied colours are divided by their alpha', async () => {
    const { raster } = await read('premultiplied.tif');
    raster.data.forEach((value, at) => {
      const pixel = at % 35;
      const expected = float(pixel % 7, Math.floor(pixel / 7), Math.floor(at / 35));
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(Math.abs(expected) * 1e-6);
    });
    expect(raster.alpha?.[9]).toBe(10 / 64);
  });

  it('a CMYK JPEG becomes sRGB', async () => {
    const { raster } = await read('cmyk.jpg');
    expect(raster).toMatchObject({ channels: 3, icc: null });
    // Pillow converts without a profile, libvips through a print profile: similar, not equal; inverted ink would be
    // some 120 levels off.
    const naive = (await npy.decode(fixtureBytes('cmyk.jpg.npy'))).raster.data;
    const difference =
      raster.data.reduce((sum, value, at) => sum + Math.abs(value - naive[at]!), 0) / naive.length;
    expect(difference).toBeLessThan(35);
  });

  it('orientation is applied, reset in the EXIF block, and the profile kept', async () => {
    const { raster } = await read('turned.jpg');
    const upright = (await read('rgb.jpg')).raster;
    expect(raster).toMatchObject({ width: 5, height: 7 });
    for (let y = 0; y < 7; y += 1) {
      for (let x = 0; x < 5; x += 1) expect(raster.data[y * 5 + x]).toBe(upright.data[(4 - x) * 7 + y]);
    }
    expect(raster.icc?.length).toBeGreaterThan(300);
    expect(Buffer.from(raster.exif ?? []).toString('latin1')).toContain('Artist');
    const again = (await read('oriented.tif')).raster;
    expect(Array.from(again.data)).toEqual(expectedSamples(again, (x, y) => code(y, 4 - x)));
  });
});

async function expectClose(raster: Raster, reference: string, tolerance: number): Promise<void> {
  const expected = (await npy.decode(fixtureBytes(reference))).raster;
  expect(raster.data.length).toBe(expected.data.length);
  raster.data.forEach((value, at) => {
    expect(Math.abs(value - expected.data[at]!)).toBeLessThanOrEqual(tolerance);
  });
}
