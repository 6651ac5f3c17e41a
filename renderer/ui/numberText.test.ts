import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatNumber, parseNumber } from './numberText';

describe('typed numbers', () => {
  it.each([
    ['12', 'px', 12],
    ['12 px', 'px', 12],
    ['12px', 'px', 12],
    ['1,5', '', 1.5],
    ['.5', '', 0.5],
    ['1e-3', '', 1e-3],
    ['−4', '', -4],
    ['1.2 m', 'mm', 1200],
    ['35 mm', 'cm', 3.5],
    ['80 %', '%', 80],
  ])('%s in “%s” is %d', (text, unit, value) => {
    expect(parseNumber(text, unit)).toBe(value);
  });

  it.each([
    ['', 'px'],
    ['abc', 'px'],
    ['1.2.3', ''],
    ['5 kg', 'px'],
    ['5 m', 'px'],
    ['1e999', ''],
  ])('%s in “%s” is none', (text, unit) => {
    expect(parseNumber(text, unit)).toBeNull();
  });

  it('read back what was printed', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        const back = parseNumber(formatNumber(value), '')!;
        expect(Math.abs(back - value)).toBeLessThanOrEqual(Math.abs(value) * 0.01);
      }),
    );
  });
});

describe('printed numbers', () => {
  it('show as many decimals as a step needs, and no hidden ones', () => {
    expect(formatNumber(2, 0.1)).toBe('2.0');
    expect(formatNumber(2.25, 0.1)).toBe('2.25');
    expect(formatNumber(8, 1)).toBe('8');
    expect(formatNumber(0.00012, 1e-6)).toBe('1.2e−4');
    expect(formatNumber(-3.5)).toBe('−3.5');
  });

  it('come with units people read', () => {
    expect(formatBytes(999)).toBe('999 bytes');
    expect(formatBytes(1_250_000)).toBe('1.3 MB');
    expect(formatDuration(800)).toBe('0.8 s');
    expect(formatDuration(200_000)).toBe('3 min 20 s');
  });
});
