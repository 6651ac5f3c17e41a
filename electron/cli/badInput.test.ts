import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readImage } from '../codecs/read';
import { parseOutput, runCli } from './testing/cliProcess';
import { type Pattern, writeGrey16, writeNpy, writePicture } from './testing/pictures';

/** Inputs lie in one folder, outputs in another: whatever is found there was written. */
let inputs: string;
let outputs: string;

const input = (name: string) => path.join(inputs, name);
const output = (name: string) => path.join(outputs, name);

const photo: Pattern = { width: 32, height: 24, channels: 3, value: (x, y, c) => 8 * x + (y % 5) + c };
const map: Pattern = { width: 8, height: 6, channels: 1, value: (x, y) => 60 + 20 * x + y };

beforeAll(async () => {
  inputs = await mkdtemp(path.join(tmpdir(), 'sidelight-bad-'));
  await writePicture(inputs, 'photo.png', photo);
  await writePicture(inputs, 'map.png', map);
  await writePicture(inputs, 'wide.png', { ...photo, width: 64 });
  await writeFile(
    input('noise.png'),
    Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 181 + 7) % 256)),
  );
  await writeFile(input('text.png'), 'This is a letter, not a picture.\n');
  await writeFile(input('empty.png'), '');
  const whole = await readFile(input('photo.png'));
  await writeFile(input('truncated.png'), whole.subarray(0, whole.length / 2));
  await writeFile(input('bomb.png'), declaring(whole, 100_000, 100_000));
  await writePicture(inputs, 'one.png', { ...map, width: 1, height: 1 });
  await writePicture(inputs, 'large.png', { ...map, width: 64, height: 48 });
  await writePicture(inputs, 'black.png', { ...map, value: () => 0 });
  await writePicture(inputs, 'flat.png', { ...map, value: () => 77 });
  await writePicture(inputs, 'grey.png', { ...photo, channels: 1 });
  await writePicture(inputs, 'alpha.png', {
    ...photo,
    channels: 4,
    value: (x, y, c) => (c === 3 ? 128 : 8 * x + y),
  });
  await writeGrey16(inputs, 'twelve.png', { ...map, value: (x, y) => 16 * (100 + 30 * x + y) });
  await writeNpy(inputs, 'nan.npy', {
    ...map,
    value: (x, y) => [Number.NaN, Number.POSITIVE_INFINITY][x + 8 * y] ?? x,
  });
  await writeNpy(inputs, 'allnan.npy', { ...map, value: () => Number.NaN });
  await sharp(input('photo.png')).toColourspace('cmyk').jpeg().toFile(input('cmyk.jpg'));
});
afterAll(() => rm(inputs, { recursive: true }));
beforeEach(async () => {
  outputs = await mkdtemp(path.join(tmpdir(), 'sidelight-bad-out-'));
  return () => rm(outputs, { recursive: true, force: true });
});

/** A PNG whose header promises another size. The checksum is redone, so that only the size is wrong. */
function declaring(png: Buffer, width: number, height: number): Buffer {
  const changed = Buffer.from(png);
  changed.writeUInt32BE(width, 16);
  changed.writeUInt32BE(height, 20);
  changed.writeUInt32BE(crc32(changed.subarray(12, 29)), 29);
  return changed;
}

/** PNG specification, annex D, bit by bit. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const filter = (target: string, guidance: string | null, ...more: string[]) => {
  const words = ['filter', guidance ? 'guided-filter' : 'bicubic', '--target', input(target)];
  if (guidance) words.push('--guidance', input(guidance));
  return runCli([...words, '--output', output('result.png'), '--json', ...more]);
};

const refused = async (result: ReturnType<typeof runCli>, exitCode: number, code: string) => {
  const ended = await result;
  expect(parseOutput(ended)).toMatchObject({
    error: {
      code,
      message: expect.stringMatching(/\w{3}.*[.]$/s),
      remedy: expect.stringMatching(/\w{3}.*[.]$/s),
    },
  });
  expect(ended.exitCode).toBe(exitCode);
  expect(await readdir(outputs)).toEqual([]);
};

describe('inputs that cannot be used', () => {
  it.each([
    ['bytes of no format', 'noise.png', 'format-unknown'],
    ['a text file named .png', 'text.png', 'format-unknown'],
    ['an empty file', 'empty.png', 'image-empty'],
    ['a truncated file', 'truncated.png', 'image-damaged'],
    ['a decompression bomb', 'bomb.png', 'image-too-large'],
    ['a file that is not there', 'nowhere.png', 'file-not-found'],
    ['a folder', '.', 'file-not-readable'],
    ['a map without one known pixel', 'allnan.npy', 'target-all-unknown'],
    ['a target larger than its guidance', 'large.png', 'target-larger-than-guidance'],
  ])('%s', async (_, target, code) => {
    await refused(filter(target, 'photo.png'), 3, code);
  });

  it('all zeros marked as unknown', async () => {
    await refused(filter('black.png', 'photo.png', '--unknown-value', 'zero'), 3, 'target-all-unknown');
  });

  it('a guidance that is damaged', async () => {
    await refused(filter('map.png', 'truncated.png'), 3, 'image-damaged');
  });

  it('a filter without the guidance it needs', async () => {
    const words = [
      'filter',
      'guided-filter',
      '--target',
      input('map.png'),
      '--output',
      output('a.png'),
      '--json',
    ];
    await refused(runCli(words), 2, 'guidance-missing');
  });

  it('a file one may not read', async () => {
    const secret = input('secret.png');
    await copyFile(input('map.png'), secret);
    await chmod(inputs, 0o755);
    await chmod(secret, 0o000);
    const words = ['filter', 'bicubic', '--target', secret, '--output', output('a.png'), '--json'];
    await chmod(outputs, 0o777);
    await refused(runCli(words, { asNobody: true }), 3, 'file-not-permitted');
  });
});

describe('different shapes', () => {
  it('are refused, and both ways out are named', async () => {
    await refused(filter('map.png', 'wide.png'), 3, 'aspect-mismatch');
    const { err } = await runCli([
      ...['filter', 'guided-filter', '--target', input('map.png'), '--guidance', input('wide.png')],
      ...['--output', output('result.png')],
    ]);
    expect(err).toMatch(/crop/);
    expect(err).toMatch(/stretch/);
  });

  it.each([
    ['crop', 32],
    ['stretch', 64],
  ])('work with --fit %s', async (fit, width) => {
    const result = await filter('map.png', 'wide.png', '--fit', fit);
    expect(parseOutput(result)).toMatchObject({ export: { size: { width, height: 24 } } });
    expect(result.err).toMatch(fit === 'crop' ? /middle of the guidance/ : /stretched/);
  });
});

describe('inputs that are odd but usable', () => {
  it.each([
    ['one pixel', 'one.png', 'photo.png', /same value/],
    ['a constant target', 'flat.png', 'photo.png', /same value/],
    ['a grey guidance', 'map.png', 'grey.png', null],
    ['a guidance with alpha', 'map.png', 'alpha.png', null],
    ['a CMYK guidance', 'map.png', 'cmyk.jpg', /CMYK/],
    ['a 16-bit target of 12 bits', 'twelve.png', 'photo.png', /12/],
  ])('%s', async (_, target, guidance, notice) => {
    const result = await filter(target, guidance, '--fit', 'stretch');
    expect(result.exitCode).toBe(0);
    expect(parseOutput(result)).toMatchObject({ export: { size: { width: 32, height: 24 } } });
    if (notice) expect(result.err).toMatch(notice);
  });

  it('NaN and infinity are unknown, and stay so', async () => {
    const words = [
      'filter',
      'guided-filter',
      '--target',
      input('nan.npy'),
      '--guidance',
      input('photo.png'),
      '--json',
    ];
    const kept = await runCli([...words, '--output', output('kept.npy')]);
    expect(parseOutput(kept)).toMatchObject({
      target: { nonFinitePixels: 2 },
      export: { unknownPixels: 32 },
    });
    const { raster } = await readImage(output('kept.npy'));
    expect(raster.unknown?.reduce((sum, value) => sum + value, 0)).toBe(32);
    const completed = await runCli([...words, '--output', output('completed.npy'), '--unknown', 'complete']);
    expect(parseOutput(completed)).toMatchObject({ export: { unknownPixels: 0 } });
    expect((await readImage(output('completed.npy'))).raster.unknown).toBeNull();
  });

  it('a constant target stays constant', async () => {
    await filter('flat.png', 'photo.png', '--format', 'npy');
    const { raster } = await readImage(output('result.png'));
    for (const value of raster.data) expect(value).toBeCloseTo(77, 3);
  });
});

describe('outputs that cannot be written', () => {
  const words = (file: string) => [
    'filter',
    'bicubic',
    '--target',
    input('map.png'),
    '--output',
    file,
    '--json',
  ];

  it('a file that is there is kept, unless --overwrite', async () => {
    await writeFile(output('taken.png'), 'mine');
    const result = await runCli(words(output('taken.png')));
    expect(parseOutput(result)).toMatchObject({
      error: { code: 'file-exists', remedy: expect.stringContaining('--overwrite') },
    });
    expect(result.exitCode).toBe(4);
    expect(await readFile(output('taken.png'), 'utf8')).toBe('mine');
    expect((await runCli([...words(output('taken.png')), '--overwrite'])).exitCode).toBe(0);
    expect((await readImage(output('taken.png'))).format).toBe('png');
    expect(await readdir(outputs)).toEqual(['taken.png']);
  });

  it('an input is kept, even with --overwrite', async () => {
    const before = await readFile(input('map.png'));
    for (const more of [[], ['--overwrite']])
      await refused(
        runCli([...words(`${inputs}/../${path.basename(inputs)}/map.png`), ...more]),
        4,
        'output-is-input',
      );
    expect(await readFile(input('map.png'))).toEqual(before);
  });

  it('a folder that is not there', async () => {
    await refused(runCli(words(output('none/result.png'))), 4, 'file-not-writable');
  });

  it('a folder one may not write into', async () => {
    await mkdir(output('locked'));
    await chmod(outputs, 0o755);
    await chmod(output('locked'), 0o555);
    await chmod(inputs, 0o755);
    const result = await runCli(words(output('locked/result.png')), { asNobody: true });
    expect(parseOutput(result)).toMatchObject({ error: { code: 'file-not-writable' } });
    expect(result.exitCode).toBe(4);
    expect(await readdir(output('locked'))).toEqual([]);
  });

  it.each([
    ['no extension', 'result', []],
    ['a format nobody writes', 'result.gif', []],
    ['more bits than the format holds', 'result.png', ['--depth', '32']],
  ])('%s', async (_, name, more) => {
    await refused(runCli([...words(output(name)), ...more]), 2, 'usage');
  });
});

describe('a device that is not there', () => {
  it('is said, and nothing is computed elsewhere behind the user’s back', async () => {
    const foreign = process.platform === 'darwin' ? 'dml' : 'coreml';
    await refused(filter('map.png', 'photo.png', '--device', foreign), 5, 'device-unavailable');
  });
});
