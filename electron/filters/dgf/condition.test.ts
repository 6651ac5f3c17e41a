import { describe, expect, it } from 'vitest';
import type { DgfModel } from '../networkModel';
import { conditionOf } from './condition';

const model = (conditions: DgfModel['conditions']): DgfModel => ({
  network: 'dgf',
  id: 'clone',
  title: 'Clone',
  operator: 'any',
  variant: 'c',
  side: 64,
  conditions,
  texture: false,
  draft: null,
  overview: null,
  outputs: [],
});

describe('what a network is told', () => {
  const conditions = [
    { name: 'second', min: 1, max: 100, scale: 'log' as const },
    { name: 'first', min: 2, max: 10, scale: 'linear' as const },
  ];
  const told = (second: number, first: number) =>
    Array.from(conditionOf(model(conditions), { first, second })!.data);

  it('is where each parameter stands in its range, in the model’s order', () => {
    expect(conditionOf(model(conditions), { first: 4, second: 10 })).toEqual({
      data: Float32Array.from([0.5, 0.25]),
      channels: 2,
      height: 1,
      width: 1,
    });
    expect(told(1, 2)).toEqual([0, 0]);
    expect(told(100, 10)).toEqual([1, 1]);
  });

  it('stays within the range', () => {
    expect(told(0.01, -3)).toEqual([0, 0]);
    expect(told(1e6, 11)).toEqual([1, 1]);
  });

  it('is nothing where the model is told none', () => {
    expect(conditionOf(model([]), {})).toBeNull();
  });
});
