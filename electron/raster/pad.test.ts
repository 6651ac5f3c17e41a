import { describe, expect, it } from 'vitest';
import { padByReflection, paddedSize } from './pad';

const padded = (samples: number[], width: number, height: number, multiple: number) => {
  const size = paddedSize({ width, height }, multiple);
  const out = new Float32Array(size.width * size.height);
  padByReflection(Float32Array.from(samples), { width, height }, size, out);
  return Array.from({ length: size.height }, (_, y) => [
    ...out.subarray(y * size.width, (y + 1) * size.width),
  ]);
};

describe('padding', () => {
  it('reflects about the last column and row', () => {
    expect(padded([1, 2, 3, 4, 5, 6], 3, 2, 4)).toEqual([
      [1, 2, 3, 2],
      [4, 5, 6, 5],
      [1, 2, 3, 2],
      [4, 5, 6, 5],
    ]);
  });

  it('goes back and forth in a picture smaller than the padding, and repeats a single pixel', () => {
    expect(padded([1, 2], 2, 1, 5)[0]).toEqual([1, 2, 1, 2, 1]);
    expect(padded([9], 1, 1, 3)).toEqual([
      [9, 9, 9],
      [9, 9, 9],
      [9, 9, 9],
    ]);
  });

  it('reflects about the first column and row as well where the plane begins later', () => {
    const out = new Float32Array(24);
    const size = { width: 3, height: 2 };
    padByReflection(Float32Array.of(1, 2, 3, 4, 5, 6), size, { width: 6, height: 4 }, out, { x: 2, y: 1 });
    expect(Array.from({ length: 4 }, (_, y) => [...out.subarray(6 * y, 6 * (y + 1))])).toEqual([
      [6, 5, 4, 5, 6, 5],
      [3, 2, 1, 2, 3, 2],
      [6, 5, 4, 5, 6, 5],
      [3, 2, 1, 2, 3, 2],
    ]);
  });

  it('of a plane several times as fine as another keeps its pixels with the other’s', () => {
    const continued = (length: number, padded: number, first: number, detail: number) => {
      const out = new Float32Array(padded);
      const plane = Float32Array.from({ length }, (_, i) => i);
      const [size, large] = [
        { width: length, height: detail },
        { width: padded, height: detail },
      ];
      const rows = Float32Array.from({ length: length * detail }, (_, i) => plane[i % length]!);
      const all = new Float32Array(padded * detail);
      padByReflection(rows, size, large, all, { x: first, y: 0 }, detail);
      out.set(all.subarray(0, padded));
      return [...out];
    };
    // Of the other one, pixels 0 … 2 go on with 1, 0, 1.
    expect(continued(9, 18, 0, 3)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 5, 4, 3, 0, 1, 2, 3, 4, 5]);
    expect(continued(6, 10, 2, 2)).toEqual([3, 2, 0, 1, 2, 3, 4, 5, 3, 2]);
    expect(continued(2, 6, 0, 2)).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it('adds nothing to a multiple', () => {
    expect(paddedSize({ width: 16, height: 8 }, 8)).toEqual({ width: 16, height: 8 });
  });
});
