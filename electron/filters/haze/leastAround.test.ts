import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leastAround } from './leastAround';

/** By its definition. */
function expected(plane: Float32Array, width: number, height: number, reach: number): Float32Array {
  return plane.map((_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    let least = Number.POSITIVE_INFINITY;
    for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v += 1)
      for (let u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u += 1)
        least = Math.min(least, plane[v * width + u]!);
    return least;
  });
}

it('the least in the square around every sample is that of its definition, for any size and reach', () => {
  const side = fc.integer({ min: 1, max: 17 });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 0, max: 20 }), fc.infiniteStream(fc.nat(50)), (...drawn) => {
      const [width, height, reach, values] = drawn;
      const plane = Float32Array.from({ length: width * height }, () => values.next().value / 50);
      const wanted = expected(plane, width, height, reach);
      leastAround(plane, { width, height }, reach);
      expect(plane).toEqual(wanted);
    }),
  );
});
