import { describe, expect, it } from 'vitest';
import reference from '../fixtures/numpy_l0.json';
import { largestDifference } from '../testing/filterInputs';
import { lineTransform } from './lineTransform';

const partsOf = (values: readonly number[]) => {
  const half = values.length / 2;
  return [Float64Array.from(values.slice(0, half)), Float64Array.from(values.slice(half))] as const;
};

describe('the Fourier transform of lines', () => {
  it.each(reference.lines)(
    'agrees with numpy at length $length, there and back',
    ({ length, line, spectrum }) => {
      const transform = lineTransform(length);
      const [re, im] = partsOf(line);
      transform.apply(re, im);
      expect(largestDifference([...re, ...im], spectrum)).toBeLessThan(1e-6);
      transform.apply(im, re);
      expect(
        largestDifference(
          [...re, ...im].map((value) => value / length),
          line,
        ),
      ).toBeLessThan(1e-8);
    },
  );

  it('keeps its digits at the lengths of photographs', () => {
    for (const length of [1024, 4000, 3024, 1999]) {
      const re = Float64Array.from({ length }, (_, i) => ((i * 7919) % 1009) / 1009);
      const im = re.map((value) => value ** 2);
      const [backRe, backIm] = [re.slice(), im.slice()];
      const transform = lineTransform(length);
      transform.apply(backRe, backIm);
      expect(backRe[0]! / re.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
      transform.apply(backIm, backRe);
      expect(
        largestDifference(
          backRe.map((value) => value / length),
          re,
        ),
      ).toBeLessThan(1e-12);
      expect(
        largestDifference(
          backIm.map((value) => value / length),
          im,
        ),
      ).toBeLessThan(1e-12);
    }
  });
});
