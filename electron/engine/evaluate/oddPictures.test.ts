import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readImage } from '../../codecs/read';
import type { Step } from '../../contract/recipe';
import { filters } from '../../filters/list';
import { documentOf, floats, SessionAtWork } from '../testing/sessionAtWork';
import { pictureOf, processingOf, stepOf } from '../testing/sources';

let at: SessionAtWork;
beforeEach(() => {
  at = new SessionAtWork();
});
afterEach(() => at.end());

// A network of the user's may make anything of a picture: see own/ownNetwork.test.ts.
const every = filters.map(({ description }) => description.id).filter((id) => id !== 'own-network');

describe('odd pictures that can be filtered', () => {
  const exported = async (...steps: Step[]) => {
    const path = join(at.folder.path, 'out.npy');
    await at.session.exportResult(at.exportTo(path, { document: documentOf(...steps) }));
    return (await readImage(path)).raster;
  };

  it.each(every)('1 × 1 with 1 × 1, by %s', async (filter) => {
    await at.open('target', floats(1, 1, [7]));
    await at.open('guidance', pictureOf(1, 1, 3));
    expect([...(await exported(stepOf(filter))).data]).toEqual([7]);
  });

  it.each(every)('a constant target stays constant, by %s', async (filter) => {
    await at.open('target', floats(8, 8, new Array(64).fill(1234.5)));
    await at.open('guidance', pictureOf(32, 32, 3));
    const { notices } = await at.session.describeDocument({ document: documentOf(stepOf(filter)) });
    expect(notices.join()).toContain('same value');
    const { data } = await exported(stepOf(filter));
    expect(Math.max(...data.map((value) => Math.abs(value - 1234.5)))).toBeLessThan(0.01);
  });

  it.each(['guided-filter', 'joint-bilateral', 'dagf'])('a grey guidance, by %s', async (filter) => {
    await at.open('target', pictureOf(8, 8, 1));
    await at.open('guidance', pictureOf(32, 32, 1));
    expect((await exported(stepOf(filter))).data.every(Number.isFinite)).toBe(true);
  });

  it('a colour target has a colour result', async () => {
    await at.open('target', pictureOf(8, 8, 3));
    await at.open('guidance', pictureOf(32, 32, 3));
    expect((await exported(stepOf('dagf'))).channels).toBe(3);
  });

  it('transparency of the target is enlarged with it', async () => {
    const alpha = new Float32Array(64).fill(1);
    alpha.fill(0, 0, 32);
    await at.open('target', { ...pictureOf(8, 8, 3), alpha });
    await at.open('guidance', pictureOf(32, 32, 3));
    const rgba = await at.rgbaOf({ document: documentOf(stepOf('guided-filter')) });
    expect([rgba[3], rgba[31 * 32 * 4 + 3]]).toEqual([0, 255]);
  });

  it('NaN in a guidance does not spread', async () => {
    await at.open('target', pictureOf(8, 8, 1));
    const guidance = floats(
      32,
      32,
      Array.from({ length: 1024 }, (_, i) => (i === 500 ? Number.NaN : i % 7)),
    );
    await at.open('guidance', guidance);
    expect((await exported(stepOf('guided-filter'))).data.every(Number.isFinite)).toBe(true);
  });

  it('unknown pixels are written as unknown', async () => {
    const values = Array.from({ length: 64 }, (_, i) => (i === 9 ? Number.NaN : 100 + i));
    await at.open('target', floats(8, 8, values));
    await at.open('guidance', pictureOf(32, 32, 3));
    const path = join(at.folder.path, 'out.npy');
    const report = await at.session.exportResult(at.exportTo(path));
    expect(report.unknownPixels).toBe(16);
    expect(readFileSync(path).length).toBe(report.bytes);
    expect((await readImage(path)).raster.unknown?.reduce((sum, pixel) => sum + pixel, 0)).toBe(16);
  });

  it('other shapes, cropped or stretched, with a word about it', async () => {
    await at.open('target', pictureOf(16, 16, 1));
    await at.open('guidance', pictureOf(128, 64, 3));
    const fitted = (fit: 'crop' | 'stretch') => ({
      ...documentOf(stepOf('guided-filter')),
      processing: { ...processingOf(stepOf('guided-filter')), fit },
    });
    const cropped = await at.session.describeDocument({ document: fitted('crop') });
    expect(cropped).toMatchObject({
      size: { width: 64, height: 64 },
      guidanceRegion: { x: 32, y: 0, width: 64, height: 64 },
    });
    expect(cropped.notices.join()).toContain('middle of the guidance');
    const stretched = await at.session.describeDocument({ document: fitted('stretch') });
    expect(stretched).toMatchObject({ size: { width: 128, height: 64 }, factor: { x: 8, y: 4 } });
    expect(stretched.notices.join()).toContain('stretched');
    // The layer below the cropped result is the same part of the guidance.
    const part = await at.rgbaOf({ layer: 'guidance', document: fitted('crop') });
    const whole = await at.rgbaOf({
      layer: 'guidance',
      document: fitted('stretch'),
      region: { x: 32, y: 0, width: 32, height: 32 },
    });
    expect(part).toEqual(whole);
  });
});
