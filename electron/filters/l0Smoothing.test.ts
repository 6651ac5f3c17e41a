import { describe, expect, it } from 'vitest';
import { createRaster, type Raster } from '../raster/raster';
import { completeParameters } from '../recipe/parameters';
import reference from './fixtures/numpy_l0.json';
import { l0Smoothing } from './l0Smoothing';
import {
  cancelledAfter,
  edgedNoise,
  inputOf,
  largestDifference,
  noNetworks,
  onUnitValues,
} from './testing/filterInputs';

const filter = onUnitValues(l0Smoothing);

/** Pixels that differ visibly from their right or lower neighbour, inside the picture. */
function edgePixels({ width, height, channels, data }: Raster): number {
  let count = 0;
  for (let y = 0; y + 1 < height; y += 1) {
    for (let x = 0; x + 1 < width; x += 1) {
      let square = 0;
      for (let i = y * width + x, c = 0; c < channels; c += 1, i += width * height)
        square += (data[i + 1]! - data[i]!) ** 2 + (data[i + width]! - data[i]!) ** 2;
      if (square > 1e-4) count += 1;
    }
  }
  return count;
}

/** Two flat halves; the noise's values are 0…1 × its strength. */
function step(low: number, high: number, noise: number): Raster {
  const [width, height] = [40, 30];
  const grain = edgedNoise(width, height, 1, 3).data;
  const data = grain.map((value, i) => {
    const right = i % width >= 20;
    const deviation = (value - (i % width > width * 0.3 ? 0.6 : 0.2)) / 0.3;
    return (right ? high : low) + noise * (deviation - 0.5);
  });
  return createRaster({ width, height, channels: 1, data });
}

/** Squares of many heights on grainy ground. */
function stairs(): Raster {
  const [width, height] = [64, 48];
  const grain = edgedNoise(width, height, 1, 5).data;
  const data = grain.map((value, i) => {
    const [column, row] = [Math.floor((i % width) / 16), Math.floor(i / width / 12)];
    return ((column * 5 + row * 7) % 11) / 14 + 0.2 * value;
  });
  return createRaster({ width, height, channels: 1, data });
}

const meanOf = (raster: Raster, from: number, to: number) => {
  const values = raster.data.filter((_, i) => i % raster.width >= from && i % raster.width < to);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
};

describe('L0 smoothing', () => {
  it.each(reference.cases)('agrees with numpy: $channels channels, $settings', async (sample) => {
    const { width, height } = reference;
    const channels = sample.channels as 1 | 3;
    const data = Float32Array.from(reference.target.slice(0, channels * width * height));
    const result = await filter(createRaster({ width, height, channels, data }), sample.settings);
    expect(largestDifference(result.data, sample.result)).toBeLessThan(1e-4);
    expect(largestDifference(result.data, data)).toBeGreaterThan(0.05);
  });

  it('keeps a flat picture, and pictures of one pixel or one line', async () => {
    const flat = createRaster({ width: 23, height: 14, channels: 1, data: new Float32Array(322).fill(0.7) });
    expect(largestDifference((await filter(flat)).data, flat.data)).toBeLessThan(1e-6);
    const one = createRaster({ width: 1, height: 1, channels: 1, data: Float32Array.of(0.4) });
    expect((await filter(one)).data[0]).toBeCloseTo(0.4, 6);
    const line = createRaster({
      width: 4,
      height: 1,
      channels: 1,
      data: Float32Array.of(0.1, 0.1, 0.9, 0.9),
    });
    expect(largestDifference((await filter(line)).data, line.data)).toBeLessThan(0.01);
  });

  it('leaves fewer edges, the stronger it is', async () => {
    const target = stairs();
    let before = edgePixels(target);
    for (const lambda of [0.001, 0.003, 0.01, 0.03]) {
      const count = edgePixels(await filter(target, { lambda }));
      expect(count).toBeLessThan(before);
      before = count;
    }
    expect(before).toBeLessThan(0.15 * edgePixels(target));
  });

  it('takes noise out on both sides of a step and keeps its place and height', async () => {
    const result = await filter(step(0.3, 0.7, 0.08));
    expect(meanOf(result, 20, 40) - meanOf(result, 0, 20)).toBeCloseTo(0.4, 2);
    expect(meanOf(result, 20, 21) - meanOf(result, 19, 20)).toBeCloseTo(0.4, 2);
    // The step, and the border where the picture meets itself, are all that is left.
    expect(edgePixels(result)).toBe(29);
  });

  it('gives the same for a picture on its side, whichever way is transformed', async () => {
    const [width, height] = [211, 30];
    const target = edgedNoise(width, height, 3, 8);
    const onSide = Float32Array.from({ length: target.data.length }, (_, i) => {
      const [channel, x, y] = [Math.floor(i / (width * height)), Math.floor(i / height) % width, i % height];
      return target.data[(channel * height + y) * width + x]!;
    });
    const upright = await filter(target);
    const turned = await filter(createRaster({ width: height, height: width, channels: 3, data: onSide }));
    const back = turned.data.map((_, i) => {
      const [channel, y, x] = [Math.floor(i / (width * height)), Math.floor(i / width) % height, i % width];
      return turned.data[(channel * width + x) * height + y]!;
    });
    expect(largestDifference(back, upright.data)).toBeLessThan(1e-6);
  });

  it('keeps the mean', async () => {
    const target = edgedNoise(40, 30, 1, 9);
    for (const lambda of [0.005, 0.05])
      expect(meanOf(await filter(target, { lambda }), 0, 40)).toBeCloseTo(meanOf(target, 0, 40), 5);
  });

  it('lets an edge of one channel keep the others’ differences', async () => {
    const size = { width: 32, height: 16 };
    const strong = Float32Array.from({ length: 512 }, (_, i) => (i % 32 < 16 ? 0.2 : 0.8));
    const weak = strong.map((value) => 0.5 + 0.05 * (value - 0.5));
    const together = createRaster({
      ...size,
      channels: 3,
      data: Float32Array.of(...strong, ...weak, ...weak),
    });
    const kept = await filter(together);
    expect(kept.data[512 + 20]! - kept.data[512 + 10]!).toBeCloseTo(0.03, 3);
    const alone = await filter(createRaster({ ...size, channels: 1, data: weak }));
    expect(alone.data[20]! - alone.data[10]!).toBeLessThan(0.001);
  });

  it('takes full scale for 0…1 where the samples are 8 bits', async () => {
    const dim = step(0.1, 0.14, 0);
    const fullScale = { min: 0, max: 255 };
    const stored = createRaster({
      ...dim,
      data: dim.data.map((value) => value * 255),
      fullScale,
      sampleType: 'u8',
    });
    const input = inputOf(stored, stored);
    const result = await l0Smoothing.apply(
      input,
      completeParameters(l0Smoothing.description, {}),
      noNetworks,
    );
    const expected = (await filter(dim)).data.map((value) => value * 255);
    expect(largestDifference(result.data, expected)).toBeLessThan(1e-3);
  });

  it('stops between its passes, and says how far it is', async () => {
    const { runtime, shares } = cancelledAfter(2);
    await expect(filter(edgedNoise(16, 16, 1, 4), {}, runtime)).rejects.toThrow('Enough.');
    // 22 rounds from 0.04 to 10⁵, each twice the one before.
    expect(shares).toEqual([1 / 22, 2 / 22]);
  });
});
