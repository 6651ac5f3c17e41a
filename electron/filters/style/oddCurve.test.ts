import { describe, expect, it } from 'vitest';
import { edgedNoise } from '../testing/filterInputs';
import { plainCurve, vectorCurve } from './oddCurve';

const curve = Float64Array.from({ length: 129 }, (_, k) => 0.7 * (k / 128) ** 1.7 + 0.05 * Math.sin(k) ** 2);

describe('an odd curve of differences', () => {
  it.each([0, 1, 7, 8192, 20_001])('is the same in WebAssembly, to the last bit: %d values', (count) => {
    const values = edgedNoise(Math.max(1, count), 1, 1, 4).data.subarray(0, count);
    // A difference of none, and those beyond the last point, to both sides.
    values.set([0.3, 1.9, -1.2, 1.3].slice(0, count));
    for (const from of [0, 0.3, 1]) {
      const [expected, found] = [new Float32Array(count), new Float32Array(count)];
      plainCurve(curve)(values, from, expected);
      vectorCurve(curve)!(values, from, found);
      expect(found).toEqual(expected);
    }
  });

  it('is linear between its points, and constant beyond them', () => {
    const into = new Float32Array(4);
    plainCurve(Float64Array.of(0, 0.2, 0.5))(Float32Array.of(0.25, -1, 4, 0.0625), 0, into);
    expect([...into]).toEqual([0.2, -0.5, 0.5, 0.1].map(Math.fround));
  });

  it('of too many points is left to the plain one', () => {
    expect(vectorCurve(new Float64Array(5000))).toBeNull();
  });
});
