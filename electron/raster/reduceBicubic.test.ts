import { describe, expect, it } from 'vitest';
import pillow from './fixtures/pillow_bicubic.json';
import { createRaster } from './raster';
import { reduceBicubic } from './reduceBicubic';

describe('reduceBicubic', () => {
  it.each(
    pillow.map(
      (sample) =>
        [
          `${sample.width}×${sample.height}`,
          `${sample.reducedWidth}×${sample.reducedHeight}`,
          sample,
        ] as const,
    ),
  )(
    'agrees with Pillow from %s to %s',
    (_from, _to, { width, height, samples, reducedWidth, reducedHeight, reduced }) => {
      const raster = createRaster({ width, height, channels: 1, data: Float32Array.from(samples) });
      const result = reduceBicubic(raster, { width: reducedWidth, height: reducedHeight });
      expect([result.width, result.height]).toEqual([reducedWidth, reducedHeight]);
      for (const [i, value] of reduced.entries())
        expect(Math.abs(result.data[i]! - value)).toBeLessThan(1e-4);
    },
  );

  it('treats channels alike and keeps a constant', () => {
    const data = new Float32Array(3 * 64).fill(7).fill(900, 64, 128);
    const result = reduceBicubic(createRaster({ width: 8, height: 8, channels: 3, data }), {
      width: 3,
      height: 2,
    });
    expect([...result.data]).toEqual([...Array(6).fill(7), ...Array(6).fill(900), ...Array(6).fill(7)]);
  });
});
