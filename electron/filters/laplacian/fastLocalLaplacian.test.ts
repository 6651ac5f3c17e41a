import { describe, expect, it } from 'vitest';
import { cancelledAfter, edgedNoise, largestDifference, noNetworks } from '../testing/filterInputs';
import { fastLocalLaplacian, type LocalLaplacian } from './fastLocalLaplacian';
import { double, emptyLevel, gaussianPyramid, halve, type Level } from './pyramid';

const { signal } = noNetworks;
const binomial = [1, 4, 6, 4, 1];

const sample = ({ width, height, data }: Level, x: number, y: number) =>
  data[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))]!;

/** One sample of the next smaller level, by 25 products. */
function smaller(level: Level, x: number, y: number): number {
  let sum = 0;
  for (let j = -2; j <= 2; j += 1)
    for (let i = -2; i <= 2; i += 1)
      sum += binomial[i + 2]! * binomial[j + 2]! * sample(level, 2 * x + i, 2 * y + j);
  return sum / 256;
}

/** One sample of the next larger level: of the 25 products, those whose sample exists there. */
function larger(level: Level, x: number, y: number): number {
  let sum = 0;
  for (let j = -2; j <= 2; j += 1)
    for (let i = -2; i <= 2; i += 1)
      if ((x + i) % 2 === 0 && (y + j) % 2 === 0)
        sum += binomial[i + 2]! * binomial[j + 2]! * sample(level, (x + i) / 2, (y + j) / 2);
  return sum / 64;
}

const mapped = (size: Level, value: (x: number, y: number) => number): Level => ({
  width: size.width,
  height: size.height,
  data: Float32Array.from({ length: size.width * size.height }, (_, i) =>
    value(i % size.width, Math.floor(i / size.width)),
  ),
});

const halfOf = (level: Level) =>
  mapped(
    { width: Math.ceil(level.width / 2), height: Math.ceil(level.height / 2), data: level.data },
    (x, y) => smaller(level, x, y),
  );

/** The filter as it is defined: every coefficient from a pyramid of its own, of the whole picture remapped for it. */
function literal(picture: Level, remap: (difference: number) => number): Level {
  const levels = [picture];
  while (Math.min(levels.at(-1)!.width, levels.at(-1)!.height) > 4) levels.push(halfOf(levels.at(-1)!));
  let result = levels.at(-1)!;
  for (let depth = levels.length - 2; depth >= 0; depth -= 1) {
    const coarser = result;
    result = mapped(levels[depth]!, (x, y) => {
      const centre = sample(levels[depth]!, x, y);
      let fine: Level = { ...picture, data: picture.data.map((value) => centre + remap(value - centre)) };
      for (let step = 0; step < depth; step += 1) fine = halfOf(fine);
      return larger(coarser, x, y) + sample(fine, x, y) - larger(halfOf(fine), x, y);
    });
  }
  return result;
}

const noise = (width: number, height: number, seed: number): Level => edgedNoise(width, height, 1, seed);

/** A filter by a function of one difference. */
const by = (remap: (difference: number) => number, levels: number): LocalLaplacian => ({
  remap: (values, from, into) => into.set(values.map((value) => remap(value - from))),
  levels,
});

describe('pyramids', () => {
  it.each([
    [16, 12],
    [17, 13],
    [5, 1],
    [1, 1],
  ])('halve and double %d × %d as the sums of products do', (width, height) => {
    const level = noise(width, height, 5);
    const half = emptyLevel({ width: Math.ceil(width / 2), height: Math.ceil(height / 2) });
    halve(level, half);
    expect(largestDifference(half.data, halfOf(level).data)).toBeLessThan(1e-6);
    const back = emptyLevel(level);
    double(half, back);
    const expected = mapped(level, (x, y) => larger(half, x, y));
    expect(largestDifference(back.data, expected.data)).toBeLessThan(1e-6);
  });

  it('end at four pixels', () => {
    const sizes = gaussianPyramid(noise(50, 21, 1)).map(({ width, height }) => [width, height]);
    expect(sizes).toEqual([
      [50, 21],
      [25, 11],
      [13, 6],
      [7, 3],
    ]);
  });
});

describe('the fast local Laplacian filter', () => {
  it.each([
    { name: 'stronger detail', remap: (d: number) => d + 0.6 * d * Math.exp((-d * d) / 0.08) },
    { name: 'weaker detail', remap: (d: number) => d - 0.8 * d * Math.exp((-d * d) / 0.03) },
    { name: 'flatter edges', remap: (d: number) => 0.3 * Math.tanh(d / 0.3) },
  ])('comes as near to the literal one as it has intensities: $name', async ({ remap }) => {
    const picture = noise(14, 11, 7);
    const exact = literal(picture, remap);
    const error = async (levels: number) =>
      largestDifference((await fastLocalLaplacian(picture, by(remap, levels), signal)).data, exact.data);
    expect(await error(16)).toBeLessThan(0.01);
    expect(await error(400)).toBeLessThan(2e-4);
    expect(largestDifference(exact.data, picture.data)).toBeGreaterThan(0.03);
  });

  it.each([2, 5, 16])(
    'scales a picture around its coarsest level by any linear remapping, with %d intensities',
    async (levels) => {
      const picture = noise(33, 18, 2);
      const same = await fastLocalLaplacian(
        picture,
        by((d) => d, levels),
        signal,
      );
      expect(largestDifference(same.data, picture.data)).toBeLessThan(1e-5);
      const half = await fastLocalLaplacian(
        picture,
        by((d) => d / 2, levels),
        signal,
      );
      const none = await fastLocalLaplacian(
        picture,
        by(() => 0, levels),
        signal,
      );
      expect(
        largestDifference(
          half.data,
          picture.data.map((value, i) => (value + none.data[i]!) / 2),
        ),
      ).toBeLessThan(1e-5);
    },
  );

  it('leaves pictures without a smaller level as they are', async () => {
    const line = noise(9, 1, 3);
    expect(
      (
        await fastLocalLaplacian(
          line,
          by(() => 0, 4),
          signal,
        )
      ).data,
    ).toEqual(line.data);
  });

  it('stops between two intensities, and says how far it is', async () => {
    const { runtime, shares } = cancelledAfter(2);
    const filtered = fastLocalLaplacian(
      noise(9, 9, 1),
      by((d) => d, 8),
      runtime.signal,
      runtime.progress,
    );
    await expect(filtered).rejects.toThrow('Enough.');
    expect(shares).toEqual([1 / 8, 2 / 8]);
  });
});
