import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floatToHalf, halfToFloat } from './half';

const halfOf = (value: number) => floatToHalf(Float32Array.of(value))[0];

describe('halves', () => {
  it('come back as they were, all of them', () => {
    const all = Uint16Array.from({ length: 65_536 }, (_, bits) => bits);
    const back = floatToHalf(halfToFloat(all));
    const wrong = all.filter((bits, at) => {
      const noNumber = (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;
      return noNumber ? back[at] !== 0x7e00 : back[at] !== bits;
    });
    expect([...wrong]).toEqual([]);
  });

  // By NumPy: np.float16(value).view(np.uint16).
  it.each([
    [1, 0x3c00],
    [-0, 0x8000],
    [1 / 3, 0x3555],
    [65_519, 0x7bff],
    [65_520, 0x7c00],
    [-1e9, 0xfc00],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [2 ** -25, 0x0000],
    [1.5 * 2 ** -25, 0x0001],
    [2 ** -14 - 2 ** -26, 0x0400],
  ])('%d is rounded as NumPy does', (value, bits) => {
    expect(halfOf(value)).toBe(bits);
  });

  it('are the nearest ones there are', () => {
    const reached = fc.float({ min: -65_000, max: 65_000, noNaN: true });
    fc.assert(
      fc.property(reached, (value) => {
        const [half] = floatToHalf(Float32Array.of(value));
        const error = (bits: number) => Math.abs(halfToFloat(Uint16Array.of(bits))[0]! - value);
        const neighbours = [half! - 1, half! + 1].filter((bits) => (bits & 0x7fff) < 0x7c00 && bits >= 0);
        for (const bits of neighbours) expect(error(half!)).toBeLessThanOrEqual(error(bits));
      }),
    );
  });
});
