import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTurnedBack, orientations, turned, turnedSize, upright } from './orientations';

const size = { width: 3, height: 2 };
const plane = Float32Array.of(1, 2, 3, 4, 5, 6);

/** By the definition, row by row. */
const defined = (rows: number[][], mirrored: { x: boolean; y: boolean }, transposed: boolean) => {
  const along = mirrored.x ? rows.map((row) => row.toReversed()) : rows;
  const both = mirrored.y ? along.toReversed() : along;
  return transposed ? both[0]!.map((_, x) => both.map((row) => row[x]!)) : both;
};

describe('the orientations', () => {
  it('are eight, no two of them alike, the upright one first', () => {
    const pictures = orientations.map((orientation) => {
      const { width, height } = turnedSize(size, orientation);
      return `${width} × ${height}: ${turned(plane, size, orientation).join(' ')}`;
    });
    expect(new Set(pictures).size).toBe(8);
    expect(orientations[0]).toEqual(upright);
  });

  it('mirror and then transpose', () => {
    for (const { mirrored, transposed } of orientations) {
      const expected = defined(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        mirrored,
        transposed,
      );
      expect([...turned(plane, size, { mirrored, transposed })]).toEqual(expected.flat());
      expect(turnedSize(size, { mirrored, transposed }).width).toBe(expected[0]!.length);
    }
  });

  it('copy nothing that stays upright', () => {
    expect(turned(plane, size, upright)).toBe(plane);
    const column = Float32Array.of(1, 2, 3);
    expect([
      ...turned(column, { width: 1, height: 3 }, { ...upright, mirrored: { x: false, y: true } }),
    ]).toEqual([3, 2, 1]);
  });

  it('are turned back to what was there, any part of it, and added up', () => {
    fc.assert(
      fc.property(
        fc.record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) }),
        fc.infiniteStream(fc.nat(10_000)),
        (whole, numbers) => {
          const pick = (limit: number) => numbers.next().value! % limit;
          const samples = Float32Array.from(
            { length: whole.width * whole.height },
            (_, i) => i + pick(9) / 9,
          );
          const [x, y] = [pick(whole.width), pick(whole.height)];
          const part = { x, y, width: 1 + pick(whole.width - x), height: 1 + pick(whole.height - y) };
          const cut = Float32Array.from(
            { length: part.width * part.height },
            (_, i) => samples[(y + Math.floor(i / part.width)) * whole.width + x + (i % part.width)]!,
          );
          const sum = new Float32Array(cut.length);
          for (const [index, orientation] of orientations.entries()) {
            addTurnedBack(turned(samples, whole, orientation), whole, orientation, part, sum);
            for (const [i, value] of sum.entries()) expect(value).toBeCloseTo((index + 1) * cut[i]!, 3);
          }
        },
      ),
    );
  });
});
