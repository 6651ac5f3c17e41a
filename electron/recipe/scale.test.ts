import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromPosition, type Scale, settle, toPosition } from './scale';

const radius: Scale = { min: 1, max: 64, step: 1, scale: 'linear', integer: true };
const sigma: Scale = { min: 0, max: 10, step: 0.1, scale: 'linear', integer: false };
const epsilon: Scale = { min: 1e-6, max: 1, step: 1e-6, scale: 'log', integer: false };

describe('positions on a scale', () => {
  const scales = fc.constantFrom(radius, sigma, epsilon);

  it('give values on the scale, and come back to them', () => {
    fc.assert(
      fc.property(scales, fc.double({ min: 0, max: 1, noNaN: true }), (scale, position) => {
        const value = fromPosition(position, scale);
        expect(value).toBeGreaterThanOrEqual(scale.min);
        expect(value).toBeLessThanOrEqual(scale.max);
        expect(fromPosition(toPosition(value, scale), scale)).toBeCloseTo(value, 9);
        expect(settle(value, scale)).toBe(value);
      }),
    );
  });

  it('rise with the value', () => {
    fc.assert(
      fc.property(
        scales,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (scale, a, b) => {
          const [low, high] = a < b ? [a, b] : [b, a];
          expect(fromPosition(low, scale)).toBeLessThanOrEqual(fromPosition(high, scale));
        },
      ),
    );
  });

  it('put a logarithmic middle at the geometric mean', () => {
    expect(fromPosition(0.5, epsilon)).toBeCloseTo(1e-3, 6);
    expect(toPosition(1e-3, epsilon)).toBeCloseTo(0.5);
  });
});
