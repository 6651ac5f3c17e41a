import { describe, expect, it } from 'vitest';
import type { ReportRow } from '../report';
import { sweepFindings } from './sweepFindings';

const row = (name: string, varied: string, changes: readonly [number, number]): ReportRow => ({
  row: name,
  case: varied,
  conditions: { operator: 'haze-removal', size: 512, varied, setting: '' },
  filter: name,
  parameters: {},
  iterations: 1,
  models: [],
  devices: ['cpu'],
  metrics: { change: (changes[0] + changes[1]) / 2 },
  milliseconds: 1,
  scenes: changes.map((change, i) => ({ scene: `photo ${i}`, metrics: { change }, milliseconds: 1 })),
});
/** Of two photos, setting by setting. */
const series = (name: string, varied: string, ...changes: [number, number][]) =>
  changes.map((one) => row(name, varied, one));

const verdictsOf = (rows: readonly ReportRow[]) =>
  sweepFindings(rows).map((finding) => finding.replace(/ \(.*\)/, '').replace('haze-removal 512 px, ', ''));

describe('the effect of a clone', () => {
  it('should grow or shrink as the exact filter’s does', () => {
    const rows = [
      ...series('exact', 'least', [9, 9], [7, 7], [5, 4]),
      ...series('input', 'least', [0, 0], [0, 0], [0, 0]),
      ...series('dgf-c', 'least', [8, 8], [6, 9], [5, 4]),
      ...series('dgf-b', 'least', [8, 8], [8, 9], [5, 4]),
      ...series('exact', 'kept', [1, 1], [2, 2], [3, 4]),
      ...series('dgf-c', 'kept', [1, 1], [2, 2], [1, 1]),
    ];
    expect(verdictsOf(rows)).toEqual([
      'least: the effect of exact shrinks with every setting; it does on 2 of 2 photos.',
      'least: the effect of dgf-c shrinks with every setting; it does on 1 of 2 photos.',
      'least: the effect of dgf-b does not shrink with every setting; it does on 0 of 2 photos.',
      'kept: the effect of exact grows with every setting; it does on 2 of 2 photos.',
      'kept: the effect of dgf-c does not grow with every setting; it does on 0 of 2 photos.',
    ]);
  });

  it('should turn where the exact filter’s does, photo by photo', () => {
    const rows = [
      ...series('exact', 'kept', [9, 9], [4, 5], [5, 7]),
      ...series('dgf-c', 'kept', [8, 9], [5, 4], [4, 8]),
      ...series('dgf-b', 'kept', [8, 9], [5, 6], [4, 5]),
    ];
    expect(verdictsOf(rows)).toEqual([
      'kept: the effect of exact grows and shrinks where the exact filter’s does; it does on 2 of 2 photos.',
      'kept: the effect of dgf-c grows and shrinks where the exact filter’s does; it does on 1 of 2 photos.',
      'kept: the effect of dgf-b does not grow and shrink where the exact filter’s does; it does on 0 of 2 photos.',
    ]);
  });

  it('should grow where the exact filter’s is not known', () => {
    expect(verdictsOf(series('dgf-c', 'kept', [1, 1], [2, 2]))).toEqual([
      'kept: the effect of dgf-c grows with every setting; it does on 2 of 2 photos.',
    ]);
  });
});
