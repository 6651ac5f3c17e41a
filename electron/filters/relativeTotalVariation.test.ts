import { describe, expect, it } from 'vitest';
import { channelOf, createRaster, type Raster } from '../raster/raster';
import { completeParameters } from '../recipe/parameters';
import reference from './fixtures/scipy_relative_total_variation.json';
import { relativeTotalVariation } from './relativeTotalVariation';
import { cancelledAfter, edgedNoise, inputOf, largestDifference, noNetworks } from './testing/filterInputs';

const filter = (target: Raster, values: Record<string, number> = {}, runtime = noNetworks) =>
  relativeTotalVariation.apply(
    inputOf(target, target),
    completeParameters(relativeTotalVariation.description, values),
    runtime,
  );

const spread = (values: Float32Array) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

/** Two flat halves with a fine chequered texture on both, in 0…255. */
function texturedEdge(): Raster {
  const [width, height] = [48, 32];
  const data = Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return (x < 24 ? 60 : 190) + ((x + y) % 2 === 0 ? 20 : -20);
  });
  return createRaster({ width, height, channels: 1, data });
}

const columnsOf = (raster: Raster, from: number, to: number) =>
  raster.data.filter((_, i) => i % raster.width >= from && i % raster.width < to);

const meanOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('relative total variation', () => {
  it.each(reference.cases)(
    'agrees with a sparse direct solution: $channels channels, $settings',
    async (sample) => {
      const { width, height } = reference;
      const channels = sample.channels as 1 | 3;
      const data = Float32Array.from(reference.target.slice(0, channels * width * height));
      // The reference's values span 0…1 in all three channels together.
      const target = createRaster({ width, height, channels, data });
      const input = inputOf(target, target);
      const result = await relativeTotalVariation.apply(
        { ...input, target: { ...input.target, valueRange: { min: 0, max: 1 } } },
        completeParameters(relativeTotalVariation.description, sample.settings),
        noNetworks,
      );
      expect(largestDifference(result.data, sample.result)).toBeLessThan(1e-4);
      expect(largestDifference(result.data, target.data)).toBeGreaterThan(0.1);
    },
  );

  it('keeps a constant picture, in any unit, and a single pixel', async () => {
    for (const value of [0, 1234.5, -7]) {
      const flat = createRaster({ width: 9, height: 7, channels: 1, data: new Float32Array(63).fill(value) });
      expect(new Set((await filter(flat)).data)).toEqual(new Set([value]));
    }
    const one = createRaster({ width: 1, height: 1, channels: 1, data: Float32Array.of(42) });
    expect([...(await filter(one)).data]).toEqual([42]);
  });

  it('takes texture out on both sides of an edge and keeps the step', async () => {
    const target = texturedEdge();
    const result = await filter(target);
    for (const [from, to] of [
      [2, 20],
      [28, 46],
    ] as const) {
      expect(spread(columnsOf(result, from, to))).toBeLessThan(0.05 * spread(columnsOf(target, from, to)));
    }
    const step = meanOf(columnsOf(result, 24, 26)) - meanOf(columnsOf(result, 22, 24));
    expect(step).toBeGreaterThan(0.85 * 130);
  });

  it('smooths the more, the stronger it is, and keeps the mean', async () => {
    const target = edgedNoise(40, 30, 1, 5, 100);
    let before = spread(target.data);
    for (const lambda of [0.001, 0.003, 0.01, 0.03, 0.1]) {
      const { data } = await filter(target, { lambda });
      expect(spread(data)).toBeLessThan(before);
      before = spread(data);
      // Differences are exchanged between neighbours: nothing is lost or made.
      expect(Math.abs(meanOf(data) - meanOf(target.data))).toBeLessThan(0.01);
    }
  });

  it('is equivariant to shift and scale of the values', async () => {
    const target = edgedNoise(30, 22, 3, 6);
    const plain = await filter(target);
    const moved = await filter({ ...target, data: target.data.map((value) => value * 5000 + 300) });
    const back = moved.data.map((value) => (value - 300) / 5000);
    expect(largestDifference(back, plain.data)).toBeLessThan(1e-4);
  });

  it('treats rows and columns alike', async () => {
    const target = edgedNoise(26, 19, 1, 8);
    const turn = (raster: Raster) =>
      createRaster({
        width: raster.height,
        height: raster.width,
        channels: 1,
        data: raster.data.map((_, i) => {
          const [x, y] = [i % raster.height, Math.floor(i / raster.height)];
          return raster.data[x * raster.width + y]!;
        }),
      });
    const turned = turn(await filter(turn(target)));
    expect(largestDifference(turned.data, (await filter(target)).data)).toBeLessThan(1e-4);
  });

  it('weighs three equal channels as one', async () => {
    const grey = texturedEdge();
    const data = Float32Array.of(...grey.data, ...grey.data, ...grey.data);
    const tripled = await filter(createRaster({ ...grey, channels: 3, data }));
    const alone = await filter(grey);
    for (let channel = 0; channel < 3; channel += 1)
      expect(largestDifference(channelOf(tripled, channel), alone.data)).toBeLessThan(0.01);
  });

  it('stops between the steps of a solution, and says how far it is', async () => {
    const target = edgedNoise(64, 64, 1, 4);
    const { runtime, shares } = cancelledAfter(2);
    await expect(filter(target, {}, runtime)).rejects.toThrow('Enough.');
    expect(shares).toEqual([0.25, 0.5]);
  });
});
