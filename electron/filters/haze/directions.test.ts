import { describe, expect, it } from 'vitest';
import { seededPick } from '../testing/filterInputs';
import { directionCount, directionLookup } from './directions';

/** As in `directions.ts`: 64 cells along a side of a face, points on a spherical Fibonacci lattice. */
const cells = 64;

function nearest([x, y, z]: readonly [number, number, number]): number {
  const products = Array.from({ length: directionCount }, (_, i) => {
    const height = 1 - (2 * i + 1) / directionCount;
    const turn = Math.PI * (1 + Math.sqrt(5)) * (i + 0.5);
    const radius = Math.sqrt(1 - height * height);
    return x * radius * Math.cos(turn) + y * radius * Math.sin(turn) + z * height;
  });
  return products.indexOf(Math.max(...products));
}

describe('directions', () => {
  it('are those of all points that are nearest to the middle of a cell', () => {
    const lookup = directionLookup();
    const pick = seededPick(3);
    const middle = () => (2 * pick(cells) + 1) / cells - 1;
    for (let i = 0; i < 600; i += 1) {
      const axis = pick(3);
      const vector = [middle(), middle(), middle()] as [number, number, number];
      vector[axis] = pick(2) ? 1 : -1;
      expect(lookup(...vector)).toBe(nearest(vector));
    }
  });
});
