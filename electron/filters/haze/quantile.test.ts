import { describe, expect, it } from 'vitest';
import { edgedNoise } from '../testing/filterInputs';
import { quantile, selected, selectQuantile } from './quantile';

describe('quantiles', () => {
  it.each([1, 2, 3, 10, 1000, 4321])('of %d samples are found without sorting', (count) => {
    const noise = edgedNoise(count, 1, 1, 9).data;
    // With many that are equal, and in an order that says much.
    const coarse = noise.map((value) => Math.round(8 * value));
    for (const samples of [noise, coarse, coarse.toSorted(), noise.toSorted().reverse()]) {
      const sorted = samples.toSorted();
      for (const share of [0, 0.005, 0.3, 0.5, 0.995, 1])
        expect(selectQuantile(samples.slice(), share)).toBe(quantile(sorted, share));
      for (const k of [0, count >> 1, count - 1]) expect(selected(samples.slice(), k)).toBe(sorted[k]);
    }
  });
});
