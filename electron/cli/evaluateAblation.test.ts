import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ModelsFolder, modelsFolder, tinyManifest } from '../engine/testing/modelsFolder';
import type { EvaluationReport } from '../evaluation/report';
import { parseOutput, runCli } from './testing/cliProcess';

const pair = path.join(import.meta.dirname, '../evaluation/fixtures/pair');
const evaluate = ['evaluate', 'ablation', '--data', pair, '--json'];

let folder: ModelsFolder;
beforeEach(() => {
  folder = modelsFolder();
});
afterEach(() => folder.remove());

describe('sidelight evaluate ablation', () => {
  it('measures every model of a folder, whatever the name of its output', async () => {
    const [tiny] = tinyManifest().models;
    const fast = { ...tiny!, variant: 'fast', factors: [16], degradation: 'nearest' };
    folder.write({
      version: 2,
      models: [
        { ...fast, id: 'a-seed1' },
        { ...fast, id: 'b-seed1' },
      ],
    });
    const row = { title: 'a variant', levels: 3, kernel: 3, parameters: 139 };
    const table = {
      dataset: 'Middlebury',
      rows: [
        { ...row, id: 'a', paper: 7, models: ['a-seed1'] },
        { ...row, id: 'b', paper: 5, models: ['b-seed1'] },
      ],
    };
    const tables = JSON.stringify({ components: table, grid: { ...table, rows: [] } });
    writeFileSync(path.join(folder.path, 'tables.json'), tables);

    const result = await runCli([...evaluate, '--models', folder.path, '--tables', 'components']);
    const report = parseOutput(result) as unknown as EvaluationReport;
    expect(report.rows.map((one) => one.row)).toEqual([
      'bicubic',
      'guided-filter',
      'joint-bilateral',
      'a-seed1',
      'b-seed1',
    ]);
    expect(report.rows.slice(3).map((one) => one.models)).toEqual([['a-seed1'], ['b-seed1']]);
    const [bicubic, , , first] = report.rows;
    expect(first?.metrics.ratio).toBeCloseTo(first!.metrics.rmse! / bicubic!.metrics.rmse!, 6);
    expect(report.tables.map(({ rows }) => rows.map(([name]) => name))).toEqual([
      ['a: a variant', 'b: a variant'],
    ]);
  });

  it('says where models are to be had when a folder has none', async () => {
    const result = await runCli([...evaluate, '--models', folder.path]);
    expect(parseOutput(result)).toMatchObject({
      error: { code: 'model-missing', remedy: expect.stringContaining('ablation_export.py') },
    });
  });
});
