import { describe, expect, it } from 'vitest';
import { largestDifference, noNetworks, seededPick } from '../testing/filterInputs';
import { type GridKernel, PlainKernel } from './gridKernel';
import { GridSystem } from './gridSystem';
import { vectorKernel } from './vectorKernel';

/** The same system, and the same vectors, in both kernels. Neighbours are held together by weights of 10⁻³ to 10³. */
function both(width: number, height: number, weighted: boolean): [GridKernel, GridKernel] {
  const plain = new PlainKernel({ width, height }, weighted);
  const vector = vectorKernel({ width, height }, weighted)!;
  const pick = seededPick(width * 1000 + height);
  const random = () => pick(1e6) / 1e6;
  const fill = (
    name: 'right' | 'below' | 'data' | 'residual' | 'direction',
    value: (i: number) => number,
  ) => {
    plain[name]?.forEach((_, i, plane) => {
      plane[i] = value(i);
    });
    if (plain[name]) vector[name]!.set(plain[name]);
  };
  fill('right', (i) => ((i + 1) % width ? 10 ** (6 * random() - 3) : 0));
  fill('below', (i) => (i < width * (height - 1) ? 10 ** (6 * random() - 3) : 0));
  fill('data', () => 0.001 + random());
  fill('residual', () => random() - 0.5);
  fill('direction', () => random() - 0.5);
  // No less than what an incomplete factorisation would have: nothing grows from pixel to pixel.
  plain.inverses.forEach((_, i, inverses) => {
    inverses[i] =
      1 / (1 + plain.right[i]! + plain.below[i]! + (plain.right[i - 1] ?? 0) + (plain.below[i - width] ?? 0));
  });
  vector.inverses.set(plain.inverses);
  return [plain, vector];
}

const sizes = [
  [64, 48],
  [33, 21],
  [4, 4],
  [5, 3],
  [7, 1],
  [4, 13],
] as const;
const cases = sizes.flatMap(([width, height]) => [
  { width, height, weighted: false },
  { width, height, weighted: true },
]);
/** Sums are in another order, and of vectors that are rounded to float32 already. */
const near = (value: number, other: number) => expect(Math.abs(value / other - 1)).toBeLessThan(1e-6);

describe('the solver in WebAssembly', () => {
  it.each(cases)('computes what the plain one does on $width × $height, weighted: $weighted', (sample) => {
    const [plain, vector] = both(sample.width, sample.height, sample.weighted);
    for (let round = 0; round < 2; round += 1) {
      near(vector.precondition(), plain.precondition());
      expect(vector.conditioned).toEqual(plain.conditioned);
      plain.direct(0.7);
      vector.direct(0.7);
      expect(vector.direction).toEqual(plain.direction);
      near(vector.multiply(), plain.multiply());
      const largest = plain.product.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(largestDifference(vector.product, plain.product)).toBeLessThan(2 ** -22 * largest);
      plain.product.set(vector.product);
      near(vector.advance(1e-3), plain.advance(1e-3));
      expect(vector.residual).toEqual(plain.residual);
    }
  });

  it.each(cases)('solves as the plain one does on $width × $height, weighted: $weighted', async (sample) => {
    const { width, height, weighted } = sample;
    const b = both(width, height, weighted)[0].residual.map((value) => value + 0.5);
    const [plain, vector] = both(width, height, weighted);
    const solutions = [plain, vector].map(async (kernel) => {
      const x = b.slice();
      await new GridSystem({ width, height }, weighted, kernel).solve(b, x, noNetworks.signal);
      return x;
    });
    const [expected, found] = (await Promise.all(solutions)) as [Float32Array, Float32Array];
    expect(largestDifference(found, expected)).toBeLessThan(1e-4);
    expect(largestDifference(found, b)).toBeGreaterThan(0.01);
  });

  it('leaves very narrow pictures to the plain one', () => {
    expect(vectorKernel({ width: 3, height: 50 }, false)).toBeNull();
  });
});
