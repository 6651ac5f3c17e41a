import { describe, expect, it } from 'vitest';
import { comparisonTables, settingsLines } from './comparisonTables';
import { leadOf } from './findings';
import type { ReportRow } from './report';

const row = (changes: Partial<ReportRow>): ReportRow => ({
  row: 'bicubic',
  case: 'bicubic ×8',
  conditions: { degradation: 'bicubic', factor: 8 },
  filter: 'bicubic',
  parameters: {},
  iterations: 1,
  models: [],
  devices: ['cpu'],
  metrics: { rmse: 5.504, ratio: 1 },
  milliseconds: 12.4,
  scenes: [],
  ...changes,
});

const dagf = row({
  row: 'dagf',
  filter: 'dagf',
  metrics: { rmse: 2.752, ratio: 0.5 },
  models: ['dagf-x8-bicubic'],
  parameters: { quality: 'I_2' },
});
const noisy = { case: 'noisy ×8', conditions: { degradation: 'noisy', factor: 8 } };
const rmse = { metric: 'rmse', title: 'RMSE', digits: 2, better: 'lower' } as const;

describe('comparisonTables', () => {
  it('have a line a filter, and the figures and the time of every column', () => {
    const rows = [
      row({}),
      row({
        case: 'bicubic ×16',
        conditions: { degradation: 'bicubic', factor: 16 },
        metrics: { rmse: 7.596, ratio: 1 },
      }),
      dagf,
      row({ ...noisy, metrics: { rmse: 9.24, ratio: 1 } }),
    ];
    const layout = {
      table: ({ conditions }: ReportRow) => `${conditions.degradation}`,
      column: ({ conditions }: ReportRow) => `×${conditions.factor}`,
      figures: [rmse, { metric: 'ratio', title: 'ratio', digits: 3, better: 'lower' as const }],
    };
    const header = ['filter', '×8 RMSE', 'ratio', 'ms', '×16 RMSE', 'ratio', 'ms'];
    expect(comparisonTables(rows, layout)).toEqual([
      {
        title: 'bicubic',
        header,
        rows: [
          ['bicubic', '5.50', '1.000', '12', '7.60', '1.000', '12'],
          ['dagf', '2.75', '0.500', '12', '', '', ''],
        ],
      },
      { title: 'noisy', header, rows: [['bicubic', '9.24', '1.000', '12', '', '', '']] },
    ]);
  });

  it('say once what rows of the same settings were run with', () => {
    expect(settingsLines([row({}), dagf, { ...dagf, ...noisy }, { ...dagf, iterations: 4 }])).toEqual([
      'dagf (bicubic ×8, noisy ×8): quality I_2, model dagf-x8-bicubic',
      'dagf (bicubic ×8): quality I_2, 4 iterations, model dagf-x8-bicubic',
      'device: cpu',
    ]);
  });
});

describe('leadOf', () => {
  const fast = row({ row: 'dagf-fast', metrics: { rmse: 2.5, ratio: 0.4 } });

  it('counts the cases a row is best in, and names who is ahead elsewhere', () => {
    expect(leadOf([row({}), dagf], 'dagf', rmse)).toEqual([
      'dagf has the best RMSE of all filters in 1 of 1 cases.',
    ]);
    const worse = { ...dagf, ...noisy, metrics: { rmse: 9.5, ratio: 1.1 } };
    expect(leadOf([row({}), dagf, row({ ...noisy, metrics: { rmse: 9.25 } }), worse], 'dagf', rmse)).toEqual([
      'dagf has the best RMSE of all filters in 1 of 2 cases; not in noisy ×8 (bicubic 9.25, dagf 9.50).',
    ]);
  });

  it('does not compare a row with its companions', () => {
    expect(leadOf([dagf, fast], 'dagf', rmse)[0]).toContain('in 0 of 1 cases; not in');
    expect(leadOf([dagf, fast], 'dagf', rmse, ['dagf-fast'])[0]).toContain('in 1 of 1 cases.');
    expect(leadOf([row({})], 'dagf', rmse)).toEqual([]);
  });

  it('knows figures that are better when higher', () => {
    const figure = { ...rmse, better: 'higher' } as const;
    expect(leadOf([row({}), dagf], 'bicubic', figure)[0]).toContain('in 1 of 1 cases.');
  });
});
