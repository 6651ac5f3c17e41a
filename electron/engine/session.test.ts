import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readImage } from '../codecs/read';
import { createRaster } from '../raster/raster';
import { reduceBox } from '../raster/reduceBox';
import { displayRaster } from './display/displayTransform';
import { documentOf, SessionAtWork, tileOf } from './testing/sessionAtWork';
import { pictureOf, stepOf } from './testing/sources';

let at: SessionAtWork;
beforeEach(() => {
  at = new SessionAtWork();
});
afterEach(() => at.end());

describe('tiles', () => {
  beforeEach(async () => {
    await at.open('target', pictureOf(40, 30, 1));
    await at.open('guidance', pictureOf(160, 120, 3));
  });

  it('of the guidance are its pixels, reduced exactly', async () => {
    const picture = createRaster({ ...pictureOf(160, 120, 3) });
    const rounded = createRaster({ ...picture, data: picture.data.map(Math.round) });
    const display = tileOf({}).display;
    const region = { x: 0, y: 0, width: 40, height: 30 };
    expect(await at.rgbaOf({ layer: 'guidance', level: 2, region })).toEqual(
      displayRaster(reduceBox(rounded, 2), display),
    );
  });

  it('of the target are on its own grid', async () => {
    const rgba = await at.rgbaOf({ layer: 'target', region: { x: 0, y: 0, width: 40, height: 30 } });
    expect(rgba).toHaveLength(40 * 30 * 4);
    await expect(
      at.session.renderTile(tileOf({ layer: 'target', region: { x: 0, y: 0, width: 41, height: 1 } })),
    ).rejects.toMatchObject({
      code: 'request-invalid',
    });
  });

  it('of the result at 100 % are what export writes', async () => {
    const region = { x: 0, y: 0, width: 160, height: 120 };
    const rgba = await at.rgbaOf({ region });
    const path = join(at.folder.path, 'out.npy');
    await at.session.exportResult(at.exportTo(path));
    const { raster } = await readImage(path);
    expect(rgba).toEqual(displayRaster({ ...raster, unknown: null }, tileOf({}).display));
  });

  it('of the difference show what the filters changed, or how far from the reference', async () => {
    const region = { x: 0, y: 0, width: 160, height: 120 };
    const unfiltered = await at.rgbaOf({ layer: 'difference', document: documentOf(), region });
    expect(unfiltered.every((value, i) => i % 4 === 3 || value === 0)).toBe(true);
    const filtered = await at.rgbaOf({ layer: 'difference', region });
    expect(filtered.some((value, i) => i % 4 !== 3 && value > 0)).toBe(true);
    await at.open('reference', { ...pictureOf(160, 120, 1), data: new Float32Array(160 * 120).fill(10) });
    const compared = { ...documentOf(), reference: 'reference' };
    const result = await at.rgbaOf({ document: compared, region });
    const apart = await at.rgbaOf({ document: compared, layer: 'difference', region });
    expect(Math.abs(apart[0]! - (result[0]! - 10))).toBeLessThanOrEqual(1);
  });

  it('of older generations are stale as soon as a newer one is asked for', async () => {
    const old = [1, 2].map(() =>
      at.session.renderTile(tileOf({ generation: 4, document: documentOf(stepOf('dagf')) })),
    );
    const fresh = at.session.renderTile(tileOf({ generation: 5 }));
    expect(await Promise.all(old)).toEqual([
      { state: 'stale', generation: 4 },
      { state: 'stale', generation: 4 },
    ]);
    expect((await fresh).state).toBe('done');
    expect(await at.session.renderTile(tileOf({ generation: 3 }))).toEqual({ state: 'stale', generation: 3 });
    expect((await at.session.renderTile(tileOf({ generation: 5 }))).state).toBe('done');
  });

  it('that are no longer wanted are stopped without asking for others', async () => {
    const unwanted = at.session.renderTile(tileOf({ generation: 4, document: documentOf(stepOf('dagf')) }));
    await at.session.stopTiles({ generation: 5 });
    expect(await unwanted).toEqual({ state: 'stale', generation: 4 });
    expect((await at.session.renderTile(tileOf({ generation: 5 }))).state).toBe('done');
  });

  it('come before the rest of an export', async () => {
    const order: string[] = [];
    const exporting = at.session
      .exportResult(at.exportTo(join(at.folder.path, 'out.npy'), { document: documentOf(stepOf('dagf')) }))
      .then(() => order.push('export'));
    const seen = at.session
      .renderTile(tileOf({ document: documentOf(stepOf('bicubic')) }))
      .then(() => order.push('tile'));
    await Promise.all([exporting, seen]);
    expect(order).toEqual(['tile', 'export']);
  });

  it('give values under the pointer, each in its own unit, once computed', async () => {
    const document = documentOf(stepOf('guided-filter'));
    const before = await at.session.readPixel({ document, x: 5, y: 6 });
    expect(before.guidance).toHaveLength(3);
    expect(before.target).toHaveLength(1);
    expect(before.result).toBeNull();
    await at.rgbaOf({ document });
    expect((await at.session.readPixel({ document, x: 5, y: 6 })).result).toHaveLength(1);
    expect(await at.session.readPixel({ document, x: 500, y: 6 })).toEqual({
      guidance: null,
      target: null,
      result: null,
    });
  });
});

it('an engine describes itself', async () => {
  const description = await at.session.describe();
  expect(description.filters.map(({ id }) => id)).toContain('guided-filter');
  expect(description.formats.map(({ id }) => id)).toContain('png');
  expect(description.processId).toBe(process.pid);
});
