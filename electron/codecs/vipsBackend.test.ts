import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { fixtureBytes } from './fixture';
import type * as Vips from './vips';
import { fitsIn, loadVips, vipsBuildFor } from './vipsBackend';

const require = createRequire(import.meta.url);
const wasmPlace = require.resolve('@img/sharp-wasm32/sharp.node');

/** The functions of vips.ts on a build of our choice. */
async function vipsOn(build: Awaited<ReturnType<typeof loadVips>>): Promise<typeof Vips> {
  vi.resetModules();
  vi.doMock('./vipsBackend', () => ({ vips: async () => build, fitsIn }));
  return import('./vips');
}

const loadedLibraries = () => (process.report.getReport() as { sharedObjects: string[] }).sharedObjects;
const isVips = (file: string) => /[\\/][^\\/]*(vips|sharp)[^\\/]*$/.test(file);

let wasm: typeof Vips;
let native: typeof Vips;
let wasmVersions: Record<string, string | undefined>;
let librariesWithWasm: string[];
beforeAll(async () => {
  const build = await loadVips('wasm');
  wasmVersions = { ...build.versions };
  librariesWithWasm = loadedLibraries().filter(isVips);
  wasm = await vipsOn(build);
  // The CommonJS form of sharp is another copy of it, which takes the native build once that stands in its place again.
  for (const [place, loaded] of Object.entries(require.cache))
    if (place !== wasmPlace && loaded === require.cache[wasmPlace]) delete require.cache[place];
  native = await vipsOn(require('sharp'));
});

it('only Electron on Linux takes the WebAssembly build', () => {
  expect(vipsBuildFor('linux', '45.4.1')).toBe('wasm');
  expect(vipsBuildFor('linux', undefined)).toBe('native');
  expect(vipsBuildFor('darwin', '45.4.1')).toBe('native');
  expect(vipsBuildFor('win32', '45.4.1')).toBe('native');
});

it('the WebAssembly build brings no native library into the process', () => {
  expect(wasmVersions.emscripten).toBeDefined();
  expect(librariesWithWasm).toEqual([]);
  expect(loadedLibraries().filter(isVips)).not.toEqual([]);
});

describe('the WebAssembly build agrees with the native one', () => {
  it.each([
    ['u8.png', 0],
    ['u16.png', 0],
    ['rgb16.png', 0],
    ['rgba16.png', 0],
    ['palette.png', 0],
    ['lossless.webp', 0],
    ['alpha.webp', 0],
    ['rgb.jpg', 1],
    ['turned.jpg', 1],
    ['cmyk.jpg', 1],
  ])('on reading %s, to %i codes', async (name, tolerance) => {
    const bytes = fixtureBytes(name);
    const [header, expectedHeader] = await Promise.all(
      [wasm, native].map((build) => build.readHeader(name, bytes)),
    );
    expect(header).toEqual(expectedHeader);
    const [found, expected] = await Promise.all(
      [wasm, native].map((build) => build.decodePixels(name, bytes, header!)),
    );
    expect({ ...found, samples: 0 }).toEqual({ ...expected, samples: 0 });
    expect(found!.samples.constructor).toBe(expected!.samples.constructor);
    expect(largestDifference(found!.samples, expected!.samples)).toBeLessThanOrEqual(tolerance);
  });

  const deep = {
    width: 40,
    height: 30,
    bands: 3,
    samples: Uint16Array.from({ length: 3600 }, (_, i) => (i * 9973) % 65536),
  };
  const shallow = { ...deep, samples: Uint8Array.from(deep.samples, (value) => value >> 8) };

  it.each([
    ['16-bit PNG', deep, { format: 'png' }, 0],
    ['8-bit PNG', shallow, { format: 'png' }, 0],
    ['lossless WebP', shallow, { format: 'webp', quality: 90, lossless: true }, 0],
    ['JPEG', shallow, { format: 'jpeg', quality: 90 }, 1],
  ] as const)('on writing a %s', async (name, pixels, target, tolerance) => {
    const [found, expected] = await Promise.all(
      [wasm, native].map((build) => build.encodePixels(pixels, target)),
    );
    const header = await native.readHeader(name, found!);
    expect(header).toEqual(await native.readHeader(name, expected!));
    const [a, b] = await Promise.all(
      [found!, expected!].map((bytes) => native.decodePixels(name, bytes, header)),
    );
    expect(largestDifference(a!.samples, b!.samples)).toBeLessThanOrEqual(tolerance);
  });
});

it('says what to do when the WebAssembly build is not installed', async () => {
  vi.resetModules();
  vi.doUnmock('./vipsBackend');
  const missing = () => {
    throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' });
  };
  vi.doMock('node:module', () => ({ createRequire: () => Object.assign(missing, { resolve: missing }) }));
  const backend = await import('./vipsBackend');
  vi.doUnmock('node:module');
  await expect(backend.loadVips('wasm')).rejects.toMatchObject({
    code: 'internal',
    remedy: expect.stringContaining('npm ci'),
  });
});

describe('a picture that the WebAssembly build has no memory for', () => {
  /** Fails on every picture, as libvips does without memory. */
  const failing = (versions: object) => {
    const chain: object = new Proxy(
      {},
      {
        get: (_, name) =>
          name === 'toBuffer' ? () => Promise.reject(new Error('out of memory')) : () => chain,
      },
    );
    return vipsOn(Object.assign(() => chain, { versions }) as never);
  };
  const header = {
    ...{ width: 24_000, height: 16_000, bands: 1, depth: 'ushort', space: 'grey16' },
    ...{ hasAlpha: false, isPalette: false, bitsPerSample: 16, pages: 1, icc: null, exif: null },
  };
  const small = { ...header, width: 240 };

  it('is not called damaged', async () => {
    const { decodePixels, encodePixels } = await failing({ emscripten: '6' });
    const bytes = Uint8Array.of(1);
    await expect(decodePixels('PNG', bytes, header)).rejects.toMatchObject({ code: 'memory-exhausted' });
    await expect(decodePixels('PNG', bytes, small)).rejects.toMatchObject({ code: 'image-damaged' });
    const samples = { byteLength: 2 ** 29 + 2 } as Uint16Array;
    await expect(encodePixels({ ...header, samples }, { format: 'png' })).rejects.toMatchObject({
      code: 'memory-exhausted',
    });
  });

  it('is damaged when the native build, which has all memory there is, cannot read it', async () => {
    const { decodePixels } = await failing({ vips: '8' });
    await expect(decodePixels('PNG', Uint8Array.of(1), header)).rejects.toMatchObject({
      code: 'image-damaged',
    });
  });
});

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i += 1) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}
