import { describe, expect, it } from 'vitest';
import { gaussianNoise, seedOf } from './gaussianNoise';

const take = (seed: number, count: number) => {
  const noise = gaussianNoise(seed);
  return Array.from({ length: count }, () => noise.next().value);
};

describe('gaussianNoise', () => {
  it('has the moments and the tails of a normal distribution', () => {
    const values = take(seedOf('Art/8'), 200_000);
    const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2)).toBeCloseTo(1, 1);
    expect(moment(4)).toBeGreaterThan(2.9);
    expect(moment(4)).toBeLessThan(3.1);
    // 4.55 % of a normal distribution lie beyond two deviations.
    const beyond = values.filter((value) => Math.abs(value) > 2).length / values.length;
    expect(beyond).toBeGreaterThan(0.043);
    expect(beyond).toBeLessThan(0.048);
  });

  it('does not repeat from one value to the next', () => {
    const values = take(1, 100_000);
    const lagged =
      values.slice(1).reduce((sum, value, index) => sum + value * values[index]!, 0) / values.length;
    expect(Math.abs(lagged)).toBeLessThan(0.02);
  });

  it('is the same everywhere for the same seed', () => {
    expect(take(42, 6)).toEqual(take(42, 6));
    expect(take(42, 6)).not.toEqual(take(43, 6));
    expect(seedOf('Art/8')).not.toBe(seedOf('Art/4'));
  });
});
