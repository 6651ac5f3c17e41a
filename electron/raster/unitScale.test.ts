import { describe, expect, it } from 'vitest';
import { createRaster } from './raster';
import { toUnitScale } from './unitScale';

const scaled = (data: Float32Array, min: number, max: number) =>
  toUnitScale(
    createRaster({
      width: data.length,
      height: 1,
      channels: 1,
      data,
      fullScale: { min, max },
      sampleType: 'u16',
    }),
  );

describe('toUnitScale', () => {
  it('maps the full scale to 0…1', () => {
    const result = scaled(Float32Array.of(0, 32767.5, 65535), 0, 65535);
    expect([...result.data]).toEqual([0, 0.5, 1]);
    expect(result.fullScale).toEqual({ min: 0, max: 1 });
    expect(result.sampleType).toBe('f32');
    expect([...scaled(Float32Array.of(-2, 2), -2, 2).data]).toEqual([0, 1]);
  });

  it('maps a full scale without extent to 0', () => {
    expect([...scaled(Float32Array.of(5, 5), 5, 5).data]).toEqual([0, 0]);
  });
});
