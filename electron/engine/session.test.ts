import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readImage } from '../codecs/read';
import type { BoundDocument, EngineArgs, JobProgress } from '../contract/engine';
import type { Step } from '../contract/recipe';
import type { Role, SourceInfo, UnknownMarker } from '../contract/sources';
import { createRaster, type RasterInit } from '../raster/raster';
import { reduceBox } from '../raster/reduceBox';
import { displayRaster } from './display/displayTransform';
import { Engine } from './engine';
import { Session } from './session';
import { asFloats, asPng, type Folder, temporaryFolder } from './testing/files';
import { type ModelsFolder, modelsFolder } from './testing/modelsFolder';
import { honest, providerOf, providerTable } from './testing/providers';
import { pictureOf, processingOf, stepOf } from './testing/sources';

let folder: Folder;
let models: ModelsFolder;
let engine: Engine;
let session: Session;
let told: [string, unknown][];
let probed: string[];

beforeEach(() => {
  folder = temporaryFolder();
  models = modelsFolder();
  engine = new Engine(
    {
      modelsFolder: models.path,
      device: 'auto',
      tileBytes: 1,
      cacheBytes: 1e8,
      sessions: 2,
      logLevel: 'silent',
    },
    providerTable({ cpu: providerOf(honest), webgpu: providerOf(honest) }),
    async (device) => {
      probed.push(device);
      return { state: 'failed', detail: 'Not here.' };
    },
  );
  told = [];
  probed = [];
  session = new Session(engine, (name, data) => void told.push([name, data]));
});
afterEach(() => {
  session.end();
  folder.remove();
  models.remove();
});

let files = 0;
async function open(
  role: Role,
  picture: RasterInit | string,
  unknownMarker: UnknownMarker = 'none',
): Promise<SourceInfo> {
  files += 1;
  const name = `${role}-${files}.${typeof picture === 'string' || picture.sampleType === 'f32' ? 'npy' : 'png'}`;
  const path = typeof picture === 'string' ? picture : await folder.write(name, picture);
  engine.files.permitReading(path, path);
  return session.openSource({ sourceId: role, fileId: path, role, unknownMarker, unit: 'none' });
}

const documentOf = (...steps: Step[]): BoundDocument => ({
  target: 'target',
  guidance: 'guidance',
  processing: processingOf(...steps),
});

const tileOf = (change: Partial<EngineArgs<'renderTile'>>): EngineArgs<'renderTile'> => ({
  document: documentOf(stepOf('guided-filter')),
  layer: 'result',
  level: 0,
  region: { x: 0, y: 0, width: 32, height: 32 },
  display: { colormap: 'grey', range: { min: 0, max: 255 }, markSaturated: false },
  generation: 1,
  ...change,
});

async function rgbaOf(change: Partial<EngineArgs<'renderTile'>>) {
  const tile = await session.renderTile(tileOf(change));
  if (tile.state !== 'done') throw new Error('It was stale.');
  return tile.rgba;
}

const exportOf = (
  path: string,
  change: Partial<EngineArgs<'exportResult'>> = {},
): EngineArgs<'exportResult'> => {
  engine.files.permitWriting(path, path);
  return {
    jobId: 'job',
    document: documentOf(stepOf('guided-filter')),
    writeId: path,
    settings: asFloats,
    device: 'auto',
    ...change,
  };
};

const floats = (width: number, height: number, values: ArrayLike<number>): RasterInit => ({
  width,
  height,
  channels: 1,
  data: Float32Array.from(values),
  sampleType: 'f32',
});

describe('opening', () => {
  it('describes what was found', async () => {
    const info = await open('target', pictureOf(24, 20, 1));
    expect(info).toMatchObject({
      size: { width: 24, height: 20 },
      channels: 1,
      format: 'png',
      sampleType: 'u8',
      fullScale: { min: 0, max: 255 },
      unknownPixels: 0,
      hasAlpha: false,
    });
    expect(info.valueRange.min).toBeGreaterThan(30);
  });

  it('counts pixels that hold no number, and fills them for the filters', async () => {
    const info = await open('target', floats(3, 2, [1, Number.NaN, 3, Number.POSITIVE_INFINITY, 5, 6]));
    expect(info).toMatchObject({ nonFinitePixels: 2, unknownPixels: 2, valueRange: { min: 1, max: 6 } });
  });

  it('takes zeros as unknown when told so, and counts only once', async () => {
    const info = await open('target', floats(3, 2, [0, Number.NaN, 3, 0, 5, 6]), 'zero');
    expect(info).toMatchObject({
      unknownMarker: 'zero',
      unknownPixels: 3,
      nonFinitePixels: 1,
      valueRange: { min: 3, max: 6 },
    });
  });

  it('never takes a guidance’s black for unknown', async () => {
    const info = await open('guidance', floats(3, 2, [0, 2, 3, 0, 5, 6]), 'zero');
    expect(info).toMatchObject({ unknownMarker: 'none', unknownPixels: 0 });
  });

  it('a file that was not granted is refused', async () => {
    const request = {
      sourceId: 's',
      fileId: '/etc/passwd',
      role: 'target',
      unknownMarker: 'none',
      unit: 'none',
    } as const;
    expect(() => session.openSource(request)).toThrowError(
      expect.objectContaining({ code: 'file-not-permitted' }),
    );
  });

  it.each([
    ['a text file named .png', 'text.png', 'hello', 'format-unknown'],
    ['an empty file', 'empty.png', '', 'image-empty'],
  ])('%s is told as such, and the session goes on', async (_, name, content, code) => {
    const path = join(folder.path, name);
    writeFileSync(path, content);
    await expect(open('target', path)).rejects.toMatchObject({ code });
    await expect(open('target', pictureOf(8, 8, 1))).resolves.toMatchObject({ channels: 1 });
  });

  it('under the same id replaces, and closing frees', async () => {
    await open('target', pictureOf(24, 20, 1));
    await open('target', pictureOf(10, 10, 1));
    expect(engine.store.bytes).toBe(400);
    await session.closeSource({ sourceId: 'target' });
    expect(engine.store.bytes).toBe(0);
  });

  it('what a client has open goes with it', async () => {
    await open('target', pictureOf(24, 20, 1));
    session.end();
    expect(engine.store.bytes).toBe(0);
  });
});

describe('documents that cannot be evaluated', () => {
  const refused = async (code: string, document = documentOf(stepOf('guided-filter'))) => {
    const error = await session.describeDocument({ document }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    expect((error as { remedy: string }).remedy.length).toBeGreaterThan(10);
    await expect(session.renderTile(tileOf({ document }))).rejects.toMatchObject({ code });
    await expect(
      session.exportResult(exportOf(join(folder.path, 'out.npy'), { document })),
    ).rejects.toMatchObject({ code });
    expect(existsSync(join(folder.path, 'out.npy'))).toBe(false);
  };

  it('a target larger than its guidance', async () => {
    await open('target', pictureOf(64, 64, 1));
    await open('guidance', pictureOf(32, 32, 3));
    await refused('target-larger-than-guidance');
  });

  it('shapes that differ', async () => {
    await open('target', pictureOf(16, 16, 1));
    await open('guidance', pictureOf(64, 32, 3));
    await refused('aspect-mismatch');
  });

  it('a target of which nothing is known', async () => {
    await open('target', floats(4, 4, new Array(16).fill(Number.NaN)));
    await open('guidance', pictureOf(16, 16, 3));
    await refused('target-all-unknown');
  });

  it('no target; no guidance for a filter that needs one', async () => {
    await open('target', pictureOf(16, 16, 1));
    await refused('guidance-missing', { ...documentOf(stepOf('dagf')), guidance: null });
    await refused('target-missing', { ...documentOf(stepOf('bicubic')), target: null, guidance: null });
  });

  it('a filter or a parameter there is not', async () => {
    await open('target', pictureOf(16, 16, 1));
    await open('guidance', pictureOf(32, 32, 3));
    await refused('filter-unknown', documentOf(stepOf('sharpen')));
    await refused('parameter-invalid', documentOf(stepOf('guided-filter', { parameters: { radius: -1 } })));
  });

  it('a model that is missing', async () => {
    await open('target', pictureOf(16, 16, 1));
    await open('guidance', pictureOf(64, 64, 3));
    rmSync(join(models.path, 'manifest.json'));
    await refused('model-missing', documentOf(stepOf('dagf')));
  });

  it('still show the layers that are there', async () => {
    await open('target', pictureOf(32, 32, 1));
    await open('guidance', pictureOf(64, 32, 3));
    for (const layer of ['target', 'guidance'] as const) expect((await rgbaOf({ layer }))[3]).toBe(255);
    const alone = { ...documentOf(), target: null };
    expect((await rgbaOf({ layer: 'guidance', document: alone }))[3]).toBe(255);
  });
});

describe('odd pictures that can be filtered', () => {
  const exported = async (...steps: Step[]) => {
    const path = join(folder.path, 'out.npy');
    await session.exportResult(exportOf(path, { document: documentOf(...steps) }));
    return (await readImage(path)).raster;
  };

  it.each(['guided-filter', 'dagf', 'bicubic'])('1 × 1 with 1 × 1, by %s', async (filter) => {
    await open('target', floats(1, 1, [7]));
    await open('guidance', pictureOf(1, 1, 3));
    expect([...(await exported(stepOf(filter))).data]).toEqual([7]);
  });

  it.each(['guided-filter', 'dagf', 'bicubic'])('a constant target stays constant, by %s', async (filter) => {
    await open('target', floats(8, 8, new Array(64).fill(1234.5)));
    await open('guidance', pictureOf(32, 32, 3));
    const { notices } = await session.describeDocument({ document: documentOf(stepOf(filter)) });
    expect(notices.join()).toContain('same value');
    const { data } = await exported(stepOf(filter));
    expect(Math.max(...data.map((value) => Math.abs(value - 1234.5)))).toBeLessThan(0.01);
  });

  it.each(['guided-filter', 'dagf'])('a grey guidance, by %s', async (filter) => {
    await open('target', pictureOf(8, 8, 1));
    await open('guidance', pictureOf(32, 32, 1));
    expect((await exported(stepOf(filter))).data.every(Number.isFinite)).toBe(true);
  });

  it('a colour target has a colour result', async () => {
    await open('target', pictureOf(8, 8, 3));
    await open('guidance', pictureOf(32, 32, 3));
    expect((await exported(stepOf('dagf'))).channels).toBe(3);
  });

  it('transparency of the target is enlarged with it', async () => {
    const alpha = new Float32Array(64).fill(1);
    alpha.fill(0, 0, 32);
    await open('target', { ...pictureOf(8, 8, 3), alpha });
    await open('guidance', pictureOf(32, 32, 3));
    const rgba = await rgbaOf({ document: documentOf(stepOf('guided-filter')) });
    expect([rgba[3], rgba[31 * 32 * 4 + 3]]).toEqual([0, 255]);
  });

  it('NaN in a guidance does not spread', async () => {
    await open('target', pictureOf(8, 8, 1));
    const guidance = floats(
      32,
      32,
      Array.from({ length: 1024 }, (_, i) => (i === 500 ? Number.NaN : i % 7)),
    );
    await open('guidance', guidance);
    expect((await exported(stepOf('guided-filter'))).data.every(Number.isFinite)).toBe(true);
  });

  it('unknown pixels are written as unknown', async () => {
    const values = Array.from({ length: 64 }, (_, i) => (i === 9 ? Number.NaN : 100 + i));
    await open('target', floats(8, 8, values));
    await open('guidance', pictureOf(32, 32, 3));
    const path = join(folder.path, 'out.npy');
    const report = await session.exportResult(exportOf(path));
    expect(report.unknownPixels).toBe(16);
    expect(readFileSync(path).length).toBe(report.bytes);
    expect((await readImage(path)).raster.unknown?.reduce((sum, pixel) => sum + pixel, 0)).toBe(16);
  });

  it('other shapes, cropped or stretched, with a word about it', async () => {
    await open('target', pictureOf(16, 16, 1));
    await open('guidance', pictureOf(128, 64, 3));
    const fitted = (fit: 'crop' | 'stretch') => ({
      ...documentOf(stepOf('guided-filter')),
      processing: { ...processingOf(stepOf('guided-filter')), fit },
    });
    const cropped = await session.describeDocument({ document: fitted('crop') });
    expect(cropped).toMatchObject({
      size: { width: 64, height: 64 },
      guidanceRegion: { x: 32, y: 0, width: 64, height: 64 },
    });
    expect(cropped.notices.join()).toContain('middle of the guidance');
    const stretched = await session.describeDocument({ document: fitted('stretch') });
    expect(stretched).toMatchObject({ size: { width: 128, height: 64 }, factor: { x: 8, y: 4 } });
    expect(stretched.notices.join()).toContain('stretched');
    // The layer below the cropped result is the same part of the guidance.
    const part = await rgbaOf({ layer: 'guidance', document: fitted('crop') });
    const whole = await rgbaOf({
      layer: 'guidance',
      document: fitted('stretch'),
      region: { x: 32, y: 0, width: 32, height: 32 },
    });
    expect(part).toEqual(whole);
  });
});

describe('tiles', () => {
  beforeEach(async () => {
    await open('target', pictureOf(40, 30, 1));
    await open('guidance', pictureOf(160, 120, 3));
  });

  it('of the guidance are its pixels, reduced exactly', async () => {
    const picture = createRaster({ ...pictureOf(160, 120, 3) });
    const rounded = createRaster({ ...picture, data: picture.data.map(Math.round) });
    const display = tileOf({}).display;
    const region = { x: 0, y: 0, width: 40, height: 30 };
    expect(await rgbaOf({ layer: 'guidance', level: 2, region })).toEqual(
      displayRaster(reduceBox(rounded, 2), display),
    );
  });

  it('of the target are on its own grid', async () => {
    const rgba = await rgbaOf({ layer: 'target', region: { x: 0, y: 0, width: 40, height: 30 } });
    expect(rgba).toHaveLength(40 * 30 * 4);
    await expect(
      session.renderTile(tileOf({ layer: 'target', region: { x: 0, y: 0, width: 41, height: 1 } })),
    ).rejects.toMatchObject({
      code: 'request-invalid',
    });
  });

  it('of the result at 100 % are what export writes', async () => {
    const region = { x: 0, y: 0, width: 160, height: 120 };
    const rgba = await rgbaOf({ region });
    const path = join(folder.path, 'out.npy');
    await session.exportResult(exportOf(path));
    const { raster } = await readImage(path);
    expect(rgba).toEqual(displayRaster({ ...raster, unknown: null }, tileOf({}).display));
  });

  it('of the difference show what the filters changed, or how far from the reference', async () => {
    const region = { x: 0, y: 0, width: 160, height: 120 };
    const unfiltered = await rgbaOf({ layer: 'difference', document: documentOf(), region });
    expect(unfiltered.every((value, i) => i % 4 === 3 || value === 0)).toBe(true);
    const filtered = await rgbaOf({ layer: 'difference', region });
    expect(filtered.some((value, i) => i % 4 !== 3 && value > 0)).toBe(true);
    await open('reference', { ...pictureOf(160, 120, 1), data: new Float32Array(160 * 120).fill(10) });
    const compared = { ...documentOf(), reference: 'reference' };
    const result = await rgbaOf({ document: compared, region });
    const apart = await rgbaOf({ document: compared, layer: 'difference', region });
    expect(Math.abs(apart[0]! - (result[0]! - 10))).toBeLessThanOrEqual(1);
  });

  it('of older generations are stale as soon as a newer one is asked for', async () => {
    const old = [1, 2].map(() =>
      session.renderTile(tileOf({ generation: 4, document: documentOf(stepOf('dagf')) })),
    );
    const fresh = session.renderTile(tileOf({ generation: 5 }));
    expect(await Promise.all(old)).toEqual([
      { state: 'stale', generation: 4 },
      { state: 'stale', generation: 4 },
    ]);
    expect((await fresh).state).toBe('done');
    expect(await session.renderTile(tileOf({ generation: 3 }))).toEqual({ state: 'stale', generation: 3 });
    expect((await session.renderTile(tileOf({ generation: 5 }))).state).toBe('done');
  });

  it('come before the rest of an export', async () => {
    const order: string[] = [];
    const exporting = session
      .exportResult(exportOf(join(folder.path, 'out.npy'), { document: documentOf(stepOf('dagf')) }))
      .then(() => order.push('export'));
    const seen = session
      .renderTile(tileOf({ document: documentOf(stepOf('bicubic')) }))
      .then(() => order.push('tile'));
    await Promise.all([exporting, seen]);
    expect(order).toEqual(['tile', 'export']);
  });

  it('give values under the pointer, each in its own unit, once computed', async () => {
    const document = documentOf(stepOf('guided-filter'));
    const before = await session.readPixel({ document, x: 5, y: 6 });
    expect(before.guidance).toHaveLength(3);
    expect(before.target).toHaveLength(1);
    expect(before.result).toBeNull();
    await rgbaOf({ document });
    expect((await session.readPixel({ document, x: 5, y: 6 })).result).toHaveLength(1);
    expect(await session.readPixel({ document, x: 500, y: 6 })).toEqual({
      guidance: null,
      target: null,
      result: null,
    });
  });
});

describe('exports', () => {
  beforeEach(async () => {
    await open('target', pictureOf(40, 30, 1));
    await open('guidance', pictureOf(160, 120, 3));
  });

  it('report progress that ends at one, and the device', async () => {
    const path = join(folder.path, 'out.png');
    const report = await session.exportResult(
      exportOf(path, { settings: asPng, document: documentOf(stepOf('dagf')) }),
    );
    expect(report).toMatchObject({
      path,
      size: { width: 160, height: 120 },
      device: 'cpu',
      models: ['tiny'],
      format: 'png',
    });
    const progress = told.filter(([name]) => name === 'progress').map(([, data]) => data as JobProgress);
    expect(progress[0]).toMatchObject({ phase: 'queued', done: 0, remainingMilliseconds: null });
    expect(progress.at(-1)).toMatchObject({ phase: 'writing', done: 1, remainingMilliseconds: 0 });
    for (const [i, { done }] of progress.entries())
      expect(done).toBeGreaterThanOrEqual(progress[i - 1]?.done ?? 0);
  });

  it('name the models that made the result, also when its tiles were there already', async () => {
    const document = documentOf(stepOf('dagf'), stepOf('bicubic', { id: 'b' }));
    await rgbaOf({ document, region: { x: 0, y: 0, width: 160, height: 120 } });
    const report = await session.exportResult(exportOf(join(folder.path, 'out.npy'), { document }));
    expect(report.models).toEqual(['tiny']);
    const plain = documentOf(stepOf('bicubic'));
    const other = await session.exportResult(exportOf(join(folder.path, 'b.npy'), { document: plain }));
    expect(other.models).toEqual([]);
  });

  it('stop between tiles and write nothing', async () => {
    const path = join(folder.path, 'out.png');
    const before = readdirSync(folder.path);
    const exporting = session.exportResult(exportOf(path, { settings: asPng }));
    await vi.waitFor(
      () => expect(told.some(([, data]) => (data as JobProgress).phase === 'filtering')).toBe(true),
      { interval: 1 },
    );
    await session.cancel({ jobId: 'job' });
    await expect(exporting).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(folder.path)).toEqual(before);
  });

  it('stop when the client goes', async () => {
    const path = join(folder.path, 'out.png');
    const exporting = session.exportResult(exportOf(path, { settings: asPng }));
    session.end();
    await expect(exporting).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(path)).toBe(false);
  });

  it('never write onto a file they are made from, whatever the policy', async () => {
    const path = join(folder.path, 'mine.png');
    await open('target', await folder.write('mine.png', pictureOf(40, 30, 1)));
    const before = readFileSync(path);
    const settings = { ...asPng, overwrite: 'replace' as const };
    await expect(session.exportResult(exportOf(path, { settings }))).rejects.toMatchObject({
      code: 'output-is-input',
    });
    expect(readFileSync(path)).toEqual(before);
  });

  it('refuse to overwrite before anything is computed', async () => {
    const path = join(folder.path, 'there.png');
    writeFileSync(path, 'precious');
    await expect(session.exportResult(exportOf(path, { settings: asPng }))).rejects.toMatchObject({
      code: 'file-exists',
    });
    expect(readFileSync(path, 'utf8')).toBe('precious');
    expect(told.filter(([, data]) => (data as JobProgress).phase === 'filtering')).toEqual([]);
  });

  it('go only where the user said', async () => {
    const request = { ...exportOf(join(folder.path, 'a.png')), writeId: join(folder.path, 'b.png') };
    await expect(session.exportResult(request)).rejects.toMatchObject({ code: 'file-not-permitted' });
  });

  it('on a device that does not work are refused, with a way out', async () => {
    const request = exportOf(join(folder.path, 'out.png'), { settings: asPng, device: 'webgpu' });
    await expect(session.exportResult(request)).rejects.toMatchObject({ code: 'device-failed' });
  });

  it('try other devices first when networks will take long, and only then', async () => {
    await session.exportResult(
      exportOf(join(folder.path, 'small.npy'), { document: documentOf(stepOf('dagf')) }),
    );
    await open('target', pictureOf(200, 150, 1));
    await open('guidance', pictureOf(1600, 1200, 3));
    await session.exportResult(
      exportOf(join(folder.path, 'plain.npy'), { document: documentOf(stepOf('bicubic')) }),
    );
    expect(probed).toEqual([]);
    const twice = documentOf(stepOf('dagf', { iterations: 3 }));
    const started = session
      .exportResult(exportOf(join(folder.path, 'large.npy'), { document: twice }))
      .catch(() => null);
    await vi.waitFor(() => expect(probed).toEqual(['webgpu']));
    await session.cancel({ jobId: 'job' });
    await started;
  });

  it('with a damaged model write nothing', async () => {
    writeFileSync(join(models.path, 'tiny-network.onnx'), 'damaged');
    const path = join(folder.path, 'out.png');
    const request = exportOf(path, { settings: asPng, document: documentOf(stepOf('dagf')) });
    await expect(session.exportResult(request)).rejects.toMatchObject({ code: 'model-damaged' });
    expect(existsSync(path)).toBe(false);
  });
});

it('an engine describes itself', async () => {
  const description = await session.describe();
  expect(description.filters.map(({ id }) => id)).toContain('guided-filter');
  expect(description.formats.map(({ id }) => id)).toContain('png');
  expect(description.processId).toBe(process.pid);
});
