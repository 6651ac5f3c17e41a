import { describe, expect, it } from 'vitest';
import type { AblationRow, AblationTable } from './ablationList';
import {
  type AblationResult,
  componentsTable,
  gridTable,
  marginFindings,
  orderFindings,
  seedFindings,
  stepFindings,
} from './ablationTables';
import { rankCorrelation, ranksOf } from './rankCorrelation';

const row = (id: string, paper: number | null, changes: Partial<AblationRow> = {}): AblationRow => ({
  id,
  title: `title of ${id}`,
  levels: 3,
  kernel: 3,
  parameters: 1000,
  paper,
  models: [`${id}-seed1`],
  ...changes,
});
const results = (values: Record<string, number | number[]>) =>
  new Map(
    Object.entries(values).map(([id, value]): [string, AblationResult] => {
      const seeds = Array.isArray(value) ? value : [value];
      const rmse = seeds.reduce((sum, one) => sum + one, 0) / seeds.length;
      return [id, { rmse, ratio: rmse / 10, seeds }];
    }),
  );

const components: AblationTable = {
  dataset: 'Middlebury',
  rows: [row('a', 8), row('b', 6), row('c', 5), row('c-strong', null)],
};
const measured = results({ a: 6, b: 4, c: [5, 4.5], 'c-strong': 3 });

describe('the table of components', () => {
  it('puts the paper’s figure and both ranks beside what was measured', () => {
    const { header, rows } = componentsTable(components, measured);
    expect(header).toEqual([
      'model',
      'parameters',
      'RMSE',
      'ratio',
      'rank',
      'paper, Middlebury',
      'paper’s rank',
    ]);
    expect(rows).toEqual([
      ['a: title of a', '1000', '6.000', '0.600', '3', '8.00', '3'],
      ['b: title of b', '1000', '4.000', '0.400', '1', '6.00', '2'],
      ['c: title of c', '1000', '4.750', '0.475', '2', '5.00', '1'],
      ['c-strong: title of c-strong', '1000', '3.000', '0.300', '', '', ''],
    ]);
  });

  it('tells how far the order is the paper’s, and what every step changes', () => {
    expect(orderFindings('Table VII', components, measured)).toEqual([
      'Table VII: rank correlation with the paper 0.50 over 3 models; 2 of 3 pairs are in the paper’s order.',
    ]);
    expect(stepFindings(components, measured)).toEqual([
      'a → b (title of b): RMSE −33.3 %, in the paper −25.0 %.',
      'b → c (title of c): RMSE +18.8 %, in the paper −16.7 %.',
    ]);
  });

  it('tells with how many seeds a step goes its way', () => {
    const found = results({ a: [6, 6.2], b: [5, 6.4], c: [4, 5] });
    expect(stepFindings(components, found).map((sentence) => /RMSE (.*?), in/.exec(sentence)?.[1])).toEqual([
      '−6.6 % (so with 1 of 2 seeds)',
      '−21.1 % (so with 2 of 2 seeds)',
    ]);
  });

  it('calls a step that changes nothing neither better nor worse', () => {
    const [step] = stepFindings(components, results({ a: 6, b: 6, c: 6 }));
    expect(step).toBe('a → b (title of b): RMSE ±0.0 %, in the paper −25.0 %.');
  });

  it('tells how much chance there is where there are several seeds', () => {
    expect(seedFindings(measured)[0]).toMatch(/by 0\.500 on average and 0\.500 at most/);
    expect(seedFindings(results({ a: 6 }))).toEqual([]);
  });
});

describe('the table of sizes', () => {
  const cell = (levels: number, kernel: number, paper: number) =>
    row(`m${levels}-k${kernel}`, paper, { levels, kernel });
  const grid: AblationTable = {
    dataset: 'NYU v2',
    rows: [cell(1, 1, 12.8), cell(2, 1, 11.72), cell(1, 3, 9), cell(2, 3, 8.12)],
  };
  const found = results({ 'm1-k1': 7, 'm2-k1': 6.5, 'm1-k3': 6.75, 'm2-k3': 6 });

  it('has a line a kernel size, and the paper’s columns after ours', () => {
    const { header, rows } = gridTable(grid, found);
    expect(header).toEqual(['kernel', 'm = 1', 'm = 2', 'paper, NYU v2, m = 1', 'paper, NYU v2, m = 2']);
    expect(rows).toEqual([
      ['1 × 1', '7.000', '6.500', '12.80', '11.72'],
      ['3 × 3', '6.750', '6.000', '9.00', '8.12'],
    ]);
  });

  it('has means along both axes', () => {
    expect(marginFindings(grid, found)).toEqual([
      'Mean RMSE for m = 1, 2: 6.875, 6.250; in the paper 10.90, 9.92.',
      'Mean RMSE for k = 1, 3: 6.750, 6.375; in the paper 12.26, 8.56.',
    ]);
  });
});

describe('rank correlation', () => {
  it('is scipy.stats.spearmanr’s, with ties', () => {
    expect(ranksOf([3, 1, 3, 2])).toEqual([3.5, 1, 3.5, 2]);
    // spearmanr([7.08, 5.68, 5.47, 5.36, 5.06], [6.1, 6.3, 5.2, 5.2, 5.0]).correlation, SciPy 1.10
    expect(rankCorrelation([7.08, 5.68, 5.47, 5.36, 5.06], [6.1, 6.3, 5.2, 5.2, 5.0])).toBeCloseTo(
      0.8720816,
      6,
    );
    expect(rankCorrelation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1);
  });
});
