import { createRaster, type Raster } from './raster';

/**
 * The raster's values mapped from its full scale to 0…1: how filters are given their guidance. A full scale without
 * extent (a constant float picture) maps to 0.
 */
export function toUnitScale(raster: Raster): Raster {
  const { min, max } = raster.fullScale;
  const scale = max > min ? 1 / (max - min) : 0;
  const data = new Float32Array(raster.data.length);
  for (let i = 0; i < data.length; i += 1) data[i] = (raster.data[i]! - min) * scale;
  return createRaster({
    ...raster,
    data,
    fullScale: { min: 0, max: 1 },
    sampleType: 'f32',
  });
}
