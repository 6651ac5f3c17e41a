import { describe, expect, it } from 'vitest';
import { createRaster, type Raster } from '../raster/raster';
import skimage from './fixtures/skimage_metrics.json';
import { metrics } from './list';
import type { Comparison } from './metric';

const measure = (id: string, comparison: Comparison) =>
  metrics.find((metric) => metric.id === id)!.measure(comparison);

const row = (...samples: number[]): Raster =>
  createRaster({ width: samples.length, height: 1, channels: 1, data: Float32Array.from(samples) });

const raster8 = (
  { width, height, channels }: { width: number; height: number; channels: number },
  samples: number[],
) =>
  createRaster({
    width,
    height,
    channels: channels as 1 | 3,
    data: Float32Array.from(samples),
    fullScale: { min: 0, max: 255 },
    sampleType: 'u8',
  });

describe('against scikit-image', () => {
  it.each(skimage.map((sample, i) => [i, sample] as const))('case %i', (_i, sample) => {
    const comparison = {
      result: raster8(sample, sample.result),
      reference: raster8(sample, sample.reference),
    };
    expect(Math.abs(measure('ssim', comparison) - sample.ssim)).toBeLessThan(1e-6);
    expect(Math.abs(measure('psnr', comparison) - sample.psnr)).toBeLessThan(1e-4);
  });
});

describe('RMSE and MAE', () => {
  it('are in the unit of the values', () => {
    const comparison = { result: row(1003, 996, 1000, 1000), reference: row(1000, 1000, 1000, 1000) };
    expect(measure('rmse', comparison)).toBe(2.5);
    expect(measure('mae', comparison)).toBe(1.75);
  });

  it('leave out unknown pixels of both and the border', () => {
    const reference = { ...row(0, 500, 4, 0, 0), unknown: Uint8Array.of(0, 1, 0, 0, 0) };
    const result = { ...row(0, 0, 0, 700, 0), unknown: Uint8Array.of(0, 0, 0, 1, 0) };
    expect(measure('mae', { result, reference })).toBeCloseTo(4 / 3, 12);
    const square = (value: number) =>
      createRaster({ width: 3, height: 3, channels: 1, data: new Float32Array(9).fill(9).fill(value, 4, 5) });
    expect(measure('rmse', { result: square(5), reference: square(2), border: 1 })).toBe(3);
  });

  it('refuse rasters of different shape and comparisons of nothing', () => {
    expect(() => measure('rmse', { result: row(1), reference: row(1, 2) })).toThrow(RangeError);
    const unknown = Uint8Array.of(1);
    expect(() => measure('mae', { result: row(1), reference: { ...row(1), unknown } })).toThrow(RangeError);
    expect(() => measure('ssim', { result: row(1, 2), reference: row(1, 2), dataRange: 1 })).toThrow(
      RangeError,
    );
  });
});

describe('PSNR', () => {
  it('takes its scale from the reference unless told otherwise', () => {
    const reference = { ...row(0, 0), fullScale: { min: 0, max: 65535 } };
    const comparison = { result: row(1, -1), reference };
    expect(measure('psnr', comparison)).toBeCloseTo(20 * Math.log10(65535), 9);
    expect(measure('psnr', { ...comparison, dataRange: 10 })).toBeCloseTo(20, 9);
    expect(measure('psnr', { result: reference, reference })).toBe(Number.POSITIVE_INFINITY);
    expect(() => measure('psnr', { ...comparison, dataRange: 0 })).toThrow(RangeError);
  });
});

describe('SSIM', () => {
  const wave = (noise: number, unknown: Uint8Array | null = null) =>
    createRaster({
      width: 20,
      height: 16,
      channels: 1,
      data: Float32Array.from(
        { length: 320 },
        (_, i) => 0.5 + 0.4 * Math.sin(i / 3) + noise * Math.cos(i * 1.7),
      ),
      unknown,
    });

  it('is 1 for equal rasters and falls with noise', () => {
    expect(measure('ssim', { result: wave(0), reference: wave(0) })).toBeCloseTo(1, 12);
    const little = measure('ssim', { result: wave(0.05), reference: wave(0) });
    const much = measure('ssim', { result: wave(0.3), reference: wave(0) });
    expect(little).toBeLessThan(1);
    expect(much).toBeLessThan(little);
  });

  it('does not see what unknown pixels hold', () => {
    const unknown = Uint8Array.from({ length: 320 }, (_, i) => (i % 7 === 0 ? 1 : 0));
    const reference = wave(0, unknown);
    const result = wave(0.1);
    const spoilt = { ...result, data: result.data.map((value, i) => (unknown[i] ? 1e6 : value)) };
    const clean = measure('ssim', { result, reference });
    expect(measure('ssim', { result: spoilt, reference })).toBe(clean);
    expect(clean).not.toBe(measure('ssim', { result, reference: wave(0) }));
  });
});
