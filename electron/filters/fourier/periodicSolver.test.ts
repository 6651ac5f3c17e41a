import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestDifference, noNetworks, seededPick } from '../testing/filterInputs';
import { plainTransform } from '../testing/plainTransform';
import { PeriodicSolver } from './periodicSolver';

interface Lines {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const column = (plane: Float64Array, width: number, x: number) =>
  Float64Array.from({ length: plane.length / width }, (_, y) => plane[y * width + x]!);

/** Along the rows, then along the columns. */
function transformedPlane({ re, im }: Lines, width: number, sign: 1 | -1): Lines {
  const out = { re: re.slice(), im: im.slice() };
  for (let i = 0; i < re.length; i += width) {
    const row = plainTransform(out.re.subarray(i, i + width), out.im.subarray(i, i + width), sign);
    out.re.set(row.re, i);
    out.im.set(row.im, i);
  }
  for (let x = 0; x < width; x += 1) {
    const line = plainTransform(column(out.re, width, x), column(out.im, width, x), sign);
    for (let y = 0; y < line.re.length; y += 1) {
      out.re[y * width + x] = line.re[y]!;
      out.im[y * width + x] = line.im[y]!;
    }
  }
  return out;
}

/** By the Fourier transform in both directions, in float64. */
function plainSolution(b: Float64Array, width: number, beta: number): Float64Array {
  const height = b.length / width;
  const { re, im } = transformedPlane({ re: b, im: new Float64Array(b.length) }, width, -1);
  for (let i = 0; i < b.length; i += 1) {
    const across = Math.sin((Math.PI * (i % width)) / width);
    const along = Math.sin((Math.PI * Math.floor(i / width)) / height);
    const factor = b.length * (1 + 4 * beta * (across ** 2 + along ** 2));
    re[i]! /= factor;
    im[i]! /= factor;
  }
  return transformedPlane({ re, im }, width, 1).re;
}

async function solved(b: Float64Array, width: number, beta: number, solver?: PeriodicSolver) {
  const height = b.length / width;
  const x = new Float64Array(b.length);
  await (solver ?? new PeriodicSolver({ width, height })).solve(
    beta,
    (y, row) => row.set(b.subarray(y * width, (y + 1) * width)),
    (y, row) => x.set(row, y * width),
    noNetworks.signal,
  );
  return x;
}

function randomPlane(width: number, height: number, seed: number): Float64Array {
  const pick = seededPick(seed);
  return Float64Array.from({ length: width * height }, () => pick(1e6) / 1e6);
}

describe('the solver of periodic systems', () => {
  it('agrees with the Fourier transform in both directions, in float64', async () => {
    const side = fc.integer({ min: 1, max: 30 });
    const exponent = fc.double({ min: -2, max: 5, noNaN: true });
    await fc.assert(
      fc.asyncProperty(side, side, exponent, async (width, height, power) => {
        const b = randomPlane(width, height, width * 31 + height);
        const expected = plainSolution(b, width, 10 ** power);
        expect(largestDifference(await solved(b, width, 10 ** power), expected)).toBeLessThan(2e-6);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    { width: 331, height: 5 },
    { width: 6, height: 149 },
    { width: 1, height: 60 },
    { width: 60, height: 1 },
  ])('agrees with it on $width × $height, with one system after the other', async (size) => {
    const { width, height } = size;
    const solver = new PeriodicSolver(size);
    for (const beta of [1e5, 0.04, 300]) {
      const b = randomPlane(width, height, 7);
      const found = await solved(b, width, beta, solver);
      expect(largestDifference(found, plainSolution(b, width, beta))).toBeLessThan(2e-6);
    }
  });

  it('keeps the mean and its digits on a large and almost rigid grid', async () => {
    const [width, height] = [500, 700];
    const b = randomPlane(width, height, 3);
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(await solved(b, width, 1e5))).toBeCloseTo(mean(b), 5);
  });

  it('stops between its passes', async () => {
    const controller = new AbortController();
    const solving = new PeriodicSolver({ width: 8, height: 8 }).solve(
      1,
      () => controller.abort(new Error('Enough.')),
      () => {
        throw new Error('Not stopped.');
      },
      controller.signal,
    );
    await expect(solving).rejects.toThrow('Enough.');
  });
});
