import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import reference from '../fixtures/numpy_l0.json';
import { seededPick } from '../testing/filterInputs';
import { plainTransform } from '../testing/plainTransform';
import { Arena } from '../wasm/arena';
import { elementCost, innerLength } from './linePlan';
import { lineKernels } from './lineProgram';
import { LineTransform } from './lineTransform';

interface Line {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Four lines at once; afterwards the first element follows them. */
function transformed(lines: readonly Line[]): Line[] {
  const { length } = lines[0]!.re;
  const arena = new Arena();
  const transform = new LineTransform(length, arena, lineKernels(arena.memory));
  const given = arena.floats(transform.lines, 8 * length);
  for (const [k, { re, im }] of lines.entries()) {
    for (let n = 0; n < length; n += 1) {
      given[8 * n + k] = re[n]!;
      given[8 * n + 4 + k] = im[n]!;
    }
  }
  const out = arena.floats(transform.apply(), 8 * (length + 1));
  expect(out.slice(8 * length)).toEqual(out.slice(0, 8));
  const part = (k: number) => Float64Array.from({ length }, (_, n) => out[8 * n + k]!);
  return lines.map((_, k) => ({ re: part(k), im: part(4 + k) }));
}

/** Samples of −½ … ½. */
function randomLines(length: number, count: number): Line[] {
  const pick = seededPick(length + 1);
  const part = () => Float64Array.from({ length }, () => pick(1e6) / 1e6 - 0.5);
  return Array.from({ length: count }, () => ({ re: part(), im: part() }));
}

/** Largest difference, as a share of the spectrum's root mean square. */
function relativeError(found: Line, expected: Line): number {
  let [largest, squares] = [0, 0];
  for (const part of ['re', 'im'] as const) {
    for (const [i, value] of expected[part].entries()) {
      largest = Math.max(largest, Math.abs(found[part][i]! - value));
      squares += value ** 2;
    }
  }
  return largest / Math.sqrt(squares / expected.re.length);
}

/** A few roundings of float32. */
const precision = 3e-6;

describe('the Fourier transform of lines', () => {
  it.each(reference.lines)('agrees with numpy at length $length', ({ length, line, spectrum }) => {
    const partsOf = (values: readonly number[]) => ({
      re: Float64Array.from(values.slice(0, length)),
      im: Float64Array.from(values.slice(length)),
    });
    const [found] = transformed([partsOf(line)]);
    expect(relativeError(found!, partsOf(spectrum))).toBeLessThan(precision);
  });

  it('agrees with the definition at any length, for each of four lines', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (length) => {
        const lines = randomLines(length, 4);
        const found = transformed(lines);
        for (const [k, line] of found.entries()) {
          const { re, im } = plainTransform(lines[k]!.re, lines[k]!.im);
          expect(relativeError(line, { re, im })).toBeLessThan(precision);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('keeps its digits at the lengths of photographs', () => {
    for (const length of [1024, 4000, 3024, 4001, 1999, 5994]) {
      const lines = randomLines(length, 1);
      const [{ re, im }] = transformed(lines) as [Line];
      // Back: with parts swapped.
      const [back] = transformed([{ re: im, im: re }]) as [Line];
      const scaled = (part: Float64Array) => part.map((value) => value / length);
      expect(relativeError({ re: scaled(back.im), im: scaled(back.re) }, lines[0]!)).toBeLessThan(precision);
    }
  });

  it('takes a chirp for large prime factors only', () => {
    for (const length of [1, 2, 1000, 1333, 4000, 2 * 97 * 5, 6000]) expect(innerLength(length)).toBe(length);
    for (const length of [1999, 2 * 1499, 4001]) {
      expect(innerLength(length)).toBeGreaterThanOrEqual(2 * length - 1);
      expect(innerLength(length)).toBeLessThan(2.3 * length);
    }
    // A picture's sides are compared by the element: a long side may be the cheaper one.
    expect(elementCost(4000)).toBeLessThan(elementCost(211));
  });
});
