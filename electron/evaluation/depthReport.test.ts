import { describe, expect, it } from 'vitest';
import { type DepthReport, type DepthRow, depthSettingsLines, depthTables } from './depthReport';

const row = (changes: Partial<DepthRow>): DepthRow => ({
  degradation: 'bicubic',
  factor: 8,
  filter: 'bicubic',
  parameters: {},
  models: [],
  devices: ['cpu'],
  rmse: 5.504,
  ratio: 1,
  milliseconds: 12.4,
  scenes: [],
  ...changes,
});

const report: DepthReport = {
  family: 'depth',
  data: 'pairs',
  scenes: ['Art'],
  protocol: [],
  leftOut: [],
  rows: [
    row({}),
    row({ factor: 16, rmse: 7.596 }),
    row({
      filter: 'dagf',
      rmse: 2.752,
      ratio: 0.5,
      models: ['dagf-x8-bicubic'],
      parameters: { quality: 'I_2' },
    }),
    row({ degradation: 'nearest', rmse: 9.24 }),
  ],
};

describe('depthTables', () => {
  it('has a table a degradation, a line a filter, three columns a factor', () => {
    expect(depthTables(report)).toEqual([
      {
        title: 'nearest degradation',
        table: {
          header: ['filter', '×8 RMSE', 'ratio', 'ms', '×16 RMSE', 'ratio', 'ms'],
          rows: [['bicubic', '9.24', '1.000', '12', '', '', '']],
        },
      },
      {
        title: 'bicubic degradation',
        table: {
          header: ['filter', '×8 RMSE', 'ratio', 'ms', '×16 RMSE', 'ratio', 'ms'],
          rows: [
            ['bicubic', '5.50', '1.000', '12', '7.60', '1.000', '12'],
            ['dagf', '2.75', '0.500', '12', '', '', ''],
          ],
        },
      },
    ]);
  });

  it('says once what rows of the same settings were run with', () => {
    const dagf = { filter: 'dagf', models: ['dagf-x8-bicubic'], parameters: { quality: 'I_2' } };
    const rows = [
      row({}),
      row(dagf),
      row({ ...dagf, degradation: 'noisy' }),
      row({ ...dagf, models: ['dagf-x4'] }),
    ];
    expect(depthSettingsLines({ ...report, rows })).toEqual([
      'dagf (bicubic, noisy; ×8): quality I_2, model dagf-x8-bicubic',
      'dagf (bicubic; ×8): quality I_2, model dagf-x4',
      'device: cpu',
    ]);
  });
});
