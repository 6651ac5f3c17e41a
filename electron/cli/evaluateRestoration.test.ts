import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EvaluationReport, ReportRow } from '../evaluation/report';
import { parseOutput, runCli } from './testing/cliProcess';
import { writePicture } from './testing/pictures';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-evaluate-'));
});
afterEach(() => rm(folder, { recursive: true }));

const scene = (x: number, y: number, channel: number) =>
  (x > y + 10 ? 180 - 20 * channel : 60) + 20 * Math.sin(x / 9);

/** A deterministic stand-in for a camera's noise. */
const speckle = (x: number, y: number, channel: number) =>
  40 * Math.sin(12.9898 * x + 78.233 * y + 3 * channel);

const evaluate = async (family: string, ...words: string[]) =>
  parseOutput(
    await runCli(['evaluate', family, '--data', folder, '--filters', 'guided-filter', '--json', ...words]),
  ) as unknown as EvaluationReport;

describe('sidelight evaluate denoising', () => {
  const size = { width: 96, height: 80, channels: 3 as const };

  it('measures a flash pair against its long exposure at the same levels, and noise added to a clean photo', async () => {
    await mkdir(path.join(folder, 'flash'));
    await mkdir(path.join(folder, 'nir'));
    const write = (name: string, value: (x: number, y: number, channel: number) => number) =>
      writePicture(folder, name, { ...size, value: (x, y, c) => Math.min(255, Math.max(0, value(x, y, c))) });
    await write('flash/pot_00_flash.png', (x, y, c) => 255 - scene(x, y, c));
    await write('flash/pot_01_noflash.png', (x, y, c) => 40 + 0.5 * scene(x, y, c) + speckle(x, y, c));
    await write('flash/pot_04_reference.png', scene);
    await write('nir/hill_nir.png', (x, y, c) => 255 - scene(x, y, c));
    await write('nir/hill_rgb.png', scene);
    const pictures = path.join(folder, 'pictures');
    const report = await evaluate('denoising', '--sigmas', '25', '--pictures', pictures);
    const rows = (kind: string) => report.rows.filter((row) => row.case.startsWith(kind));
    expect(rows('flash').map(({ row }) => row)).toEqual(['unfiltered', 'guided-filter', 'joint-bilateral']);
    expect(rows('nir').map((row) => row.conditions.noise)).toEqual([
      ...Array.from({ length: 3 }, () => 'σ = 25, 8-bit'),
      ...Array.from({ length: 3 }, () => 'σ = 25, float'),
    ]);
    // The speckle's mean square is 800; PSNR of noise of 25 levels is 20.17 dB.
    const psnr = (row: ReportRow | undefined) => row!.metrics.psnr!;
    expect(Math.abs(psnr(rows('flash')[0]) - 10 * Math.log10(255 ** 2 / 800))).toBeLessThan(0.3);
    expect(Math.abs(psnr(rows('nir')[3]) - 20.17)).toBeLessThan(0.4);
    for (const kind of ['flash', 'nir']) {
      const [unfiltered, ...filtered] = rows(kind).slice(0, 3);
      for (const row of filtered) expect(psnr(row)).toBeGreaterThan(psnr(unfiltered) + 3);
    }
    expect(report.tables.map(({ rows: lines }) => lines.length)).toEqual([3, 3]);
    expect(await readdir(pictures)).toEqual(expect.arrayContaining(['flash-pot', 'nir-hill']));
  });

  it('refuses a pair of different sizes', async () => {
    const flat = { ...size, value: () => 90 };
    await writePicture(folder, 'pot_flash.png', flat);
    await writePicture(folder, 'pot_noflash.png', { ...flat, width: 95 });
    const pictures = path.join(folder, 'pictures');
    const report = (await evaluate('denoising', '--pictures', pictures)) as unknown as { error: unknown };
    expect(report.error).toMatchObject({ code: 'aspect-mismatch' });
  });
});

describe('sidelight evaluate texture', () => {
  it('tells for every iteration how much texture is left and how much of the edges is kept', async () => {
    // The marks of this name lie within; what is there is our own.
    await writePicture(folder, 'graffiti.png', {
      width: 640,
      height: 480,
      channels: 3,
      value: (x, y) => (y > 421 ? 200 : 60) + ((x + y) % 2 === 0 ? 16 : -16),
    });
    const { rows, tables, settings } = await evaluate('texture');
    expect(tables).toHaveLength(1);
    expect(rows).toHaveLength(12);
    const of = (name: string) => rows.filter(({ row }) => row === name).map(({ metrics }) => metrics);
    for (const metrics of of('unfiltered')) expect(metrics).toEqual({ texture: 100, edges: 100 });
    const left = of('guided-filter').map(({ texture }) => texture!);
    expect(left.toSorted((a, b) => b - a)).toEqual(left);
    expect(left[3]).toBeLessThan(20);
    for (const { edges } of of('guided-filter')) expect(edges).toBeGreaterThan(95);
    expect(rows.filter(({ row }) => row === 'guided-filter').map(({ iterations }) => iterations)).toEqual([
      1, 2, 3, 4,
    ]);
    expect(settings[0]).toContain('4 iterations');
  });
});
