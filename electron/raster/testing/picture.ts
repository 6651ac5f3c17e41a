import { createRaster, type Raster } from '../raster';

/** Values all over 0…250, no two neighbours alike, in millimetres. */
export const picture = (width: number, height: number, channels: 1 | 3 = 1): Raster =>
  createRaster({
    width,
    height,
    channels,
    data: Float32Array.from({ length: width * height * channels }, (_, i) => (i * 7919) % 251),
    unit: 'mm',
  });
