import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readImage } from '../../codecs/read';
import { createRaster, type Raster } from '../../raster/raster';
import { absoluteError } from './absoluteError';
import { errorScaleOf } from './errorScale';
import { composeSheet, enlargeNearest, onGrid, panelOf } from './panels';
import { PictureFolder } from './pictureFolder';
import { worstPlace } from './worstPlace';

const map = (width: number, height: number, value: (x: number, y: number) => number): Raster =>
  createRaster({
    width,
    height,
    channels: 1,
    data: Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))),
  });

describe('worstPlace', () => {
  const spot = map(60, 40, (x, y) =>
    x >= 30 && x < 34 && y >= 20 && y < 24 ? 5 : x === 2 && y === 2 ? 20 : 0.1,
  );

  it('finds the window of the largest mean error over all rows, not the largest pixel', () => {
    const flat = map(60, 40, () => 0.2);
    const worst = worstPlace(
      [
        { row: 'flat', result: flat, error: flat },
        { row: 'spot', result: spot, error: spot },
      ],
      4,
    );
    expect(worst).toMatchObject({ row: 'spot', region: { x: 30, y: 20, width: 4, height: 4 } });
    expect(worst?.error).toBeCloseTo(5, 5);
  });

  it('does not count unknown pixels, and cuts the window to the picture', () => {
    const unknown = Uint8Array.from(spot.data, (value) => (value === 5 ? 1 : 0));
    const error = { ...spot, unknown };
    expect(worstPlace([{ row: 'a', result: error, error }], 4)?.region).toMatchObject({ x: 0, y: 0 });
    expect(worstPlace([{ row: 'a', result: error, error }], 50)?.region).toEqual({
      x: 0,
      y: 0,
      width: 50,
      height: 40,
    });
    expect(worstPlace([{ row: 'a', result: spot, error: null }], 4)).toBeNull();
  });
});

describe('panels', () => {
  it('enlarge by whole pixels and put small pictures on a finer grid', () => {
    expect([
      ...enlargeNearest(
        map(2, 1, (x) => x),
        2,
      ).data,
    ]).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
    expect([
      ...onGrid(
        map(2, 1, (x) => x),
        { width: 6, height: 1 },
      ).data,
    ]).toEqual([0, 0, 0, 1, 1, 1]);
  });

  it('are composed in rows and columns of their own sizes', () => {
    const panel = (width: number, height: number) =>
      panelOf(
        map(width, height, () => 1),
        { min: 0, max: 1 },
        'grey',
      );
    const sheet = composeSheet(
      [
        [panel(10, 5), panel(4, 6)],
        [null, panel(6, 3)],
      ],
      2,
    );
    expect([sheet.width, sheet.height]).toEqual([10 + 2 + 6, 6 + 2 + 3]);
    expect(sheet.data[0]).toBe(255);
    expect(sheet.data[10]).toBe(32);
    expect(sheet.data[12]).toBe(255);
    expect(sheet.data[8 * sheet.width]).toBe(32);
    expect(sheet.data[8 * sheet.width + 12]).toBe(255);
  });

  it('have one error scale that a few pixels do not stretch', () => {
    const many = map(100, 100, (x, y) => (x + y === 0 ? 1000 : 3));
    expect(errorScaleOf([map(10, 10, () => 1), many])).toBe(3);
    expect(errorScaleOf([])).toBeNull();
  });
});

describe('PictureFolder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sidelight-pictures-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes results, error maps, crops and a sheet under stable names, and says what they show', async () => {
    const truth = map(64, 64, (x) => x);
    const result = map(64, 64, (x, y) => x + (x > 50 && y > 50 ? 7 : 0));
    const guidance = createRaster({ ...truth, fullScale: { min: 0, max: 255 }, sampleType: 'u8' });
    const pictures = new PictureFolder(folder);
    await pictures.save(
      'Art',
      { id: 'bicubic-x8', title: 'bicubic ×8', conditions: {} },
      { guidance, targets: [map(8, 8, (x) => 8 * x)], truth },
      [{ row: 'dagf', result, error: absoluteError(result, truth) }],
    );
    expect(pictures.records).toMatchObject([
      {
        scene: 'Art',
        case: 'bicubic ×8',
        sheet: 'Art/bicubic-x8.sheet.png',
        columns: ['guidance', 'target', 'dagf', 'truth'],
        errorScale: 7,
        crops: [{ row: 'dagf', region: { x: 16, y: 16, width: 48, height: 48 } }],
      },
    ]);
    const names = await readdir(path.join(folder, 'Art'));
    for (const name of ['dagf', 'dagf.error', 'dagf.crop-1', 'truth.crop-1', 'guidance', 'target', 'sheet'])
      expect(names).toContain(`bicubic-x8.${name}.png`);
    expect(names.filter((name) => name.includes('error'))).toHaveLength(1);
    const { raster } = await readImage(path.join(folder, 'Art/bicubic-x8.sheet.png'));
    expect([raster.width, raster.height]).toEqual([4 * 192 + 3 * 8, 2 * 64 + 192 + 2 * 8]);
  });

  it('shows where one filter is worst beside where any is', async () => {
    const truth = map(160, 64, () => 100);
    const spotAt = (left: number, by: number) =>
      map(160, 64, (x, y) => (x >= left && x < left + 20 && y < 40 ? 100 + by : 100));
    const guidance = createRaster({ ...truth, fullScale: { min: 0, max: 255 }, sampleType: 'u8' });
    const shown = (row: string, result: Raster) => ({ row, result, error: absoluteError(result, truth) });
    const pictures = new PictureFolder(folder);
    await pictures.save(
      'wall',
      { id: 'x1', title: '×1', conditions: {} },
      { guidance, targets: [truth], truth },
      [shown('bicubic', spotAt(0, 9)), shown('dagf', spotAt(120, 2)), shown('dagf-fast', spotAt(60, 4))],
    );
    const [any, own] = pictures.records[0]!.crops;
    expect([any?.row, any?.region.x]).toEqual(['bicubic', 0]);
    expect(own?.row).toBe('dagf');
    expect(own?.region.x).toBeGreaterThan(90);
  });
});
