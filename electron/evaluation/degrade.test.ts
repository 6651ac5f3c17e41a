import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rmse } from '../metrics/rmse';
import { createRaster } from '../raster/raster';
import { upsampleBicubic } from '../raster/upsample';
import { degrade, noiseDeviation } from './degrade';
import { findDepthPairs } from './depth/depthPairs';
import { readDepthScene } from './depth/depthScene';

const fixtures = path.join(import.meta.dirname, 'fixtures');

/** Computed by fixtures/reference.py with numpy and Pillow. */
const reference = JSON.parse(readFileSync(path.join(fixtures, 'reference.json'), 'utf8')) as {
  size: [number, number];
  unknown: number;
  rows: {
    degradation: 'nearest' | 'bicubic';
    factor: 4 | 8 | 16;
    rmse: number;
    small: { first: number[]; sum: number };
  }[];
};

const readScene = async () => {
  const [pair] = await findDepthPairs(path.join(fixtures, 'pair'));
  return readDepthScene(pair!);
};

describe('the depth protocol, against numpy and Pillow', () => {
  it('crops to multiples of 16 and knows which pixels are unknown', async () => {
    const { truth, filled, guidance } = await readScene();
    expect([truth.width, truth.height]).toEqual(reference.size);
    expect([guidance.width, guidance.height]).toEqual(reference.size);
    expect(truth.unknown?.reduce((sum, value) => sum + value, 0)).toBe(reference.unknown);
    expect(filled.data.includes(0)).toBe(false);
  });

  it.each(reference.rows)('degrades $degradation ×$factor and measures bicubic', async (row) => {
    const { truth, filled } = await readScene();
    const small = degrade(filled, row.degradation, row.factor, 0);
    expect(small.width).toBe(truth.width / row.factor);
    row.small.first.forEach((value, index) => {
      expect(small.data[index]).toBeCloseTo(value, 3);
    });
    expect(small.data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(row.small.sum, 0);
    const factor = { x: row.factor, y: row.factor };
    const view = { raster: small, offset: { x: 0, y: 0 }, factor, whole: small };
    const result = upsampleBicubic(view, { x: 0, y: 0, width: truth.width, height: truth.height });
    expect(rmse.measure({ result, reference: truth, border: 6 })).toBeCloseTo(row.rmse, 3);
  });

  it('adds the same noise for the same seed, of the declared variance', () => {
    const plane = createRaster({
      width: 512,
      height: 512,
      channels: 1,
      data: new Float32Array(512 * 512).fill(100),
    });
    const clean = degrade(plane, 'bicubic', 4, 7);
    const noisy = degrade(plane, 'noisy', 4, 7);
    const noise = noisy.data.map((value, index) => value - clean.data[index]!);
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
    const variance = noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length;
    expect(Math.abs(mean)).toBeLessThan(0.15);
    expect(variance / noiseDeviation ** 2).toBeGreaterThan(0.96);
    expect(variance / noiseDeviation ** 2).toBeLessThan(1.04);
    expect(degrade(plane, 'noisy', 4, 7).data).toEqual(noisy.data);
    expect(degrade(plane, 'noisy', 4, 8).data).not.toEqual(noisy.data);
  });
});
