import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EvaluationReport } from '../evaluation/report';
import { parseOutput, runCli } from './testing/cliProcess';

const fixtures = path.join(import.meta.dirname, '../evaluation/fixtures');
const evaluate = ['evaluate', 'depth', '--data', path.join(fixtures, 'pair'), '--filters', 'bicubic'];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-evaluate-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('sidelight evaluate depth', () => {
  it('measures through the engine what numpy and Pillow measure', async () => {
    const report = path.join(folder, 'depth.json');
    const page = path.join(folder, 'depth.md');
    const result = await runCli([...evaluate, '--output', report, '--output', page]);
    expect(result.exitCode).toBe(0);
    const written = JSON.parse(await readFile(report, 'utf8')) as EvaluationReport;
    const reference = JSON.parse(await readFile(path.join(fixtures, 'reference.json'), 'utf8')) as {
      rows: { degradation: string; factor: number; rmse: number }[];
    };
    for (const { degradation, factor, rmse } of reference.rows) {
      const rows = written.rows.filter((row) => row.case === `${degradation} ×${factor}`);
      expect(rows.map(({ row }) => row)).toEqual(['bicubic', 'guided-filter', 'joint-bilateral']);
      expect(rows[0]).toMatchObject({ metrics: { ratio: 1 }, devices: ['cpu'], scenes: [{ scene: 'Bars' }] });
      expect(rows[0]?.metrics.rmse).toBeCloseTo(rmse, 2);
      expect(new Set(rows.map((row) => row.metrics.rmse)).size).toBe(3);
    }
    expect(written.rows.filter((row) => row.conditions.degradation === 'noisy')).toHaveLength(9);
    const [first] = reference.rows;
    expect(result.out).toMatch(new RegExp(`^ +bicubic +${first?.rmse.toFixed(2)} +1\\.000`, 'm'));
    expect(await readFile(page, 'utf8')).toContain(`| bicubic | ${first?.rmse.toFixed(2)} | 1.000 |`);
  });

  it('measures only what is asked for', async () => {
    const result = await runCli([...evaluate, '--scales', '8', '--degradations', 'noisy', '--json']);
    const report = parseOutput(result) as unknown as EvaluationReport;
    expect(report.rows.map(({ row, conditions }) => [row, conditions])).toEqual([
      ['bicubic', { degradation: 'noisy', factor: 8 }],
      ['guided-filter', { degradation: 'noisy', factor: 8 }],
      ['joint-bilateral', { degradation: 'noisy', factor: 8 }],
    ]);
  });

  it.each([
    ['a folder that is not there', ['--data', path.join(tmpdir(), 'sidelight-nowhere')], 3, 'file-not-found'],
    ['a folder without pairs', ['--data', fixtures], 3, 'file-not-found'],
    ['a filter that is not there', ['--filters', 'bicubic,blur'], 2, 'filter-unknown'],
  ])('refuses %s', async (_, words, exitCode, code) => {
    const output = path.join(folder, 'never.json');
    const result = await runCli([...evaluate, ...words, '--output', output, '--json']);
    expect(parseOutput(result)).toMatchObject({ error: { code } });
    expect(result.exitCode).toBe(exitCode);
    expect(await readdir(folder)).toEqual([]);
  });

  it('keeps a report that is there, and needs a folder to write into', async () => {
    const output = path.join(folder, 'depth.json');
    const short = [...evaluate, '--scales', '16', '--degradations', 'nearest', '--json'];
    expect((await runCli([...short, '--output', output])).exitCode).toBe(0);
    const again = await runCli([...short, '--output', output]);
    expect(parseOutput(again)).toMatchObject({ error: { code: 'file-exists' } });
    expect(again.exitCode).toBe(4);
    expect((await runCli([...short, '--output', output, '--overwrite'])).exitCode).toBe(0);
    const nowhere = await runCli([...short, '--output', path.join(folder, 'none/depth.md')]);
    expect(parseOutput(nowhere)).toMatchObject({ error: { code: 'file-not-writable' } });
    expect(await readdir(folder)).toEqual(['depth.json']);
  });
});
