import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EvaluationReport } from '../evaluation/report';
import { parseOutput, runCli } from './testing/cliProcess';
import { type Pattern, writeGrey16, writePicture } from './testing/pictures';

const baselines = ['bicubic', 'guided-filter', 'joint-bilateral'];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-families-'));
});
afterEach(() => rm(folder, { recursive: true }));

const evaluate = async (family: string, ...words: string[]) => {
  const all = ['evaluate', family, '--data', folder, '--filters', 'bicubic', '--json', ...words];
  const result = await runCli(all);
  expect(result.err).not.toContain('sidelight:');
  return parseOutput(result) as unknown as EvaluationReport;
};

const inDisc = (x: number, y: number) => (x - 31) ** 2 + (y - 27) ** 2 < 18 ** 2;
const photo: Pattern = {
  width: 66,
  height: 58,
  channels: 3,
  value: (x, y, channel) => (inDisc(x, y) ? 200 : 60) + 10 * channel + (x % 3),
};
const map = (value: Pattern['value'], size: Partial<Pattern> = {}): Pattern => ({
  ...photo,
  channels: 1,
  value,
  ...size,
});

describe('sidelight evaluate', () => {
  it('saliency: measures masks, and writes pictures and a page', async () => {
    await mkdir(path.join(folder, 'image'));
    await mkdir(path.join(folder, 'mask'));
    await writePicture(path.join(folder, 'image'), 'disc.jpg', photo);
    await writePicture(
      path.join(folder, 'mask'),
      'disc.png',
      map((x, y) => (inDisc(x, y) ? 255 : 0)),
    );
    const page = path.join(folder, 'page.md');
    const report = await evaluate('saliency', '--pictures', path.join(folder, 'shown'), '--output', page);
    expect(report.scenes).toEqual(['disc']);
    expect(report.rows.map(({ row }) => row)).toEqual(baselines);
    for (const { metrics } of report.rows) {
      expect(metrics.maximum).toBeGreaterThan(0.9);
      expect(metrics.maximum).toBeLessThanOrEqual(1);
      expect(metrics.maximum).toBeGreaterThanOrEqual(metrics.half!);
      expect(metrics.mae).toBeLessThan(0.1);
    }
    expect(report.pictures[0]).toMatchObject({ sheet: 'disc/x8.sheet.png', errorScale: expect.any(Number) });
    expect(await readdir(path.join(folder, 'shown/disc'))).toContain('x8.bicubic.error.png');
    expect(await readFile(path.join(folder, 'shown/index.md'), 'utf8')).toMatch(
      /^Second row: errors, black to white from 0 to 0\.\d+\.$/m,
    );
    const text = await readFile(page, 'utf8');
    expect(text).toContain(
      `Written by \`sidelight evaluate saliency --data ${path.basename(folder)} --filters bicubic\``,
    );
    expect(text).not.toContain(folder);
    const again = await runCli([
      'evaluate',
      'saliency',
      '--data',
      folder,
      '--pictures',
      path.join(folder, 'shown'),
    ]);
    expect(again.exitCode).toBe(4);
  });

  it('segmentation: refines class by class and leaves out what has no class', async () => {
    await mkdir(path.join(folder, 'JPEGImages'));
    await mkdir(path.join(folder, 'SegmentationClass'));
    await writePicture(path.join(folder, 'JPEGImages'), 'disc.jpg', photo);
    const label = (x: number, y: number) => (y > 44 ? 255 : inDisc(x, y) ? 15 : 0);
    await writePicture(path.join(folder, 'SegmentationClass'), 'disc.png', map(label));
    const { rows } = await evaluate('segmentation');
    expect(rows.map(({ row }) => row)).toEqual(baselines);
    for (const { metrics } of rows) {
      expect(metrics.meanIou).toBeGreaterThan(0.85);
      expect(metrics.boundaryIou).toBeLessThanOrEqual(metrics.meanIou!);
    }
  });

  it('tof: measures noisy small targets against their truth', async () => {
    const size = { width: 64, height: 64 };
    const depth = (x: number, y: number) => (inDisc(x, y) ? 150 : 90);
    await writePicture(folder, 'disc_color.png', { ...photo, ...size });
    await writePicture(folder, 'disc_big.png', map(depth, size));
    for (const n of [1, 2, 3, 4]) {
      const small = { width: 64 >> n, height: 64 >> n };
      const noise = (x: number, y: number) => ((x * 7 + y * 13) % 11) - 5;
      const value = (x: number, y: number) => depth((x + 0.5) * 2 ** n, (y + 0.5) * 2 ** n) + noise(x, y);
      await writePicture(folder, `disc_depth_${n}_n.png`, map(value, small));
    }
    const { rows } = await evaluate('tof', '--scales', '2,8');
    expect(rows.map(({ row, case: column }) => [column, row])).toEqual([
      ...baselines.map((row) => ['×2', row]),
      ...baselines.map((row) => ['×8', row]),
    ]);
    expect(rows[0]?.metrics.rmse).toBeGreaterThan(2);
    expect(rows[0]?.metrics.rmse).toBeLessThan(rows[3]!.metrics.rmse!);
    expect(rows[0]?.metrics.ratio).toBe(1);
  });

  it('tof: says how much of measured depth has a value before and after', async () => {
    const hole = (x: number) => x >= 33;
    await writePicture(folder, 'room_rgb.jpg', photo);
    await writeGrey16(
      folder,
      'room_depth.png',
      map((x, y) => (hole(x) ? 0 : 1500 + x + y)),
    );
    const { rows } = await evaluate('tof');
    for (const { metrics } of rows) expect(metrics).toEqual({ measured: 50, covered: 100 });
  });

  it('quality: repeats its runs and plots them', async () => {
    await writePicture(folder, 'disc_view1.png', photo);
    await writePicture(
      folder,
      'disc_disp1.png',
      map((x, y) => (inDisc(x, y) ? 150 : 90)),
    );
    const report = await evaluate('quality', '--pictures', path.join(folder, 'plot'));
    expect(report.rows.map(({ row, conditions }) => [row, conditions.runs])).toEqual(
      baselines.map((row) => [row, 5]),
    );
    expect(await readFile(path.join(folder, 'plot/time-against-rmse.svg'), 'utf8')).toContain('</svg>');
  });
});
