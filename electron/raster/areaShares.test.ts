import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineSharesOf, sharesOf } from './areaShares';

it('every pixel is shared out whole, between neighbours at most, and every result pixel gets as much as all others', () => {
  const lengths = fc.tuple(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 1200 }));
  fc.assert(
    fc.property(lengths, ([length, wanted]) => {
      const shorter = Math.min(length, wanted);
      const { from, to, place, weight } = sharesOf(length, shorter);
      const lines = lineSharesOf(length, shorter);
      const pixels = new Float64Array(length);
      const results = new Float64Array(shorter);
      let wrongLines = 0;
      for (let run = 0; run < from.length; run += 1)
        for (let pixel = from[run]!; pixel < to[run]!; pixel += 1) {
          pixels[pixel]! += weight[run]!;
          results[place[run]!]! += weight[run]!;
          const [next, share] = [place[run]! - lines.first[pixel]!, lines.share[pixel]!];
          const expected = [share, 1 - share][next] ?? Number.NaN;
          if (!(Math.abs(expected - weight[run]!) < 1e-9)) wrongLines += 1;
        }
      expect(wrongLines).toBe(0);
      expect(Math.max(...pixels.map((sum) => Math.abs(sum - 1)))).toBeLessThan(1e-9);
      expect(Math.max(...results.map((sum) => Math.abs(sum - length / shorter)))).toBeLessThan(1e-9);
    }),
    { numRuns: 50 },
  );
});
