import { describe, expect, it } from 'vitest';
import { createRaster } from '../raster/raster';
import fixture from './fixtures/mask_metrics.json';
import { metrics } from './list';
import type { Comparison } from './metric';

const measure = (id: string, comparison: Comparison) =>
  metrics.find((metric) => metric.id === id)!.measure(comparison);

const raster = (size: { width: number; height: number }, samples: number[], unknown?: number[]) =>
  createRaster({
    width: size.width,
    height: size.height,
    channels: 1,
    data: Float32Array.from(samples),
    unknown: unknown ? Uint8Array.from(unknown) : null,
  });

describe('against numpy and scipy', () => {
  it.each(fixture.saliency.map((sample, i) => [i, sample] as const))('saliency map %i', (_i, sample) => {
    const comparison = { result: raster(sample, sample.result), reference: raster(sample, sample.reference) };
    for (const id of ['f-measure-maximum', 'f-measure-adaptive', 'f-measure-half'] as const)
      expect(measure(id, comparison)).toBeCloseTo(sample[id], 9);
  });

  it.each(fixture.classes.map((sample, i) => [i, sample] as const))('class map %i', (_i, sample) => {
    const comparison = {
      result: raster(sample, sample.result),
      reference: raster(sample, sample.reference, sample.unknown),
    };
    for (const id of ['mean-iou', 'boundary-iou'] as const)
      expect(measure(id, comparison)).toBeCloseTo(sample[id], 9);
  });
});

describe('F-measures', () => {
  const reference = raster({ width: 4, height: 1 }, [0, 0, 1, 1]);
  const of = (...samples: number[]) => ({ result: raster({ width: 4, height: 1 }, samples), reference });

  it('are 1 for the mask itself and 0 for a map that misses it', () => {
    for (const id of ['f-measure-maximum', 'f-measure-adaptive', 'f-measure-half']) {
      expect(measure(id, of(0, 0, 1, 1))).toBe(1);
      expect(measure(id, of(1, 0, 0, 0))).toBe(0);
    }
  });

  it('differ in their threshold', () => {
    // Twice the mean of 0.1, 0.1, 0.45, 0.15 is 0.4: one of two pixels, and nothing wrong.
    const faint = of(0.1, 0.1, 0.45, 0.15);
    expect(measure('f-measure-maximum', faint)).toBe(1);
    expect(measure('f-measure-adaptive', faint)).toBeCloseTo((1.3 * 0.5) / (0.3 + 0.5), 6);
    expect(measure('f-measure-half', faint)).toBe(0);
  });
});

describe('IoU', () => {
  const line = (...samples: number[]) => raster({ width: samples.length, height: 1 }, samples);

  it('is the mean over the classes in the reference', () => {
    const comparison = { result: line(0, 0, 0, 7, 7), reference: line(0, 0, 7, 7, 7) };
    expect(measure('mean-iou', comparison)).toBeCloseTo((2 / 3 + 2 / 3) / 2, 9);
    expect(measure('mean-iou', { ...comparison, result: line(0, 0, 3, 3, 3) })).toBeCloseTo(1 / 2, 9);
  });

  it('needs something to compare', () => {
    const nothing = { ...line(1, 1), unknown: Uint8Array.of(1, 1) };
    expect(() => measure('mean-iou', { result: line(1, 1), reference: nothing })).toThrow(RangeError);
    expect(() => measure('boundary-iou', { result: line(1), reference: line(1, 1) })).toThrow(RangeError);
  });

  it('at boundaries falls faster than of whole areas', () => {
    const side = 60;
    const square = (shift: number) =>
      raster(
        { width: side, height: side },
        Array.from({ length: side * side }, (_, i) => {
          const x = (i % side) - shift;
          const y = Math.floor(i / side);
          return x > 10 && x < 45 && y > 10 && y < 45 ? 1 : 0;
        }),
      );
    const comparison = { result: square(2), reference: square(0) };
    expect(measure('boundary-iou', comparison)).toBeLessThan(measure('mean-iou', comparison) - 0.2);
    expect(measure('boundary-iou', { result: square(0), reference: square(0) })).toBe(1);
  });
});
