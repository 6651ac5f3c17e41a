import { describe, expect, it } from 'vitest';
import { hasOnlyNumbers, isBlack } from './faults';

const tensor = (...values: number[]) => ({
  data: Float32Array.from(values),
  channels: 1,
  height: 1,
  width: values.length,
});

describe('signs of a faulty device', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%d is not a number', (value) => {
    for (const place of [0, 1, 2]) {
      const values = [0, -3e38, 1e-45];
      expect(hasOnlyNumbers(tensor(...values))).toBe(true);
      values[place] = value;
      expect(hasOnlyNumbers(tensor(...values))).toBe(false);
    }
  });

  it('nothing but zeros is an empty picture', () => {
    expect(isBlack(tensor(0, -0, 0))).toBe(true);
    expect(isBlack(tensor(0, 0, 1e-45))).toBe(false);
  });
});
