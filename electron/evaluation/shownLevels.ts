import { createRaster, type Raster } from '../raster/raster';

/** A result in 8-bit levels as a file of it would show it: within 0…255, not rounded. */
export const shownLevels = (result: Raster): Raster =>
  createRaster({
    ...result,
    data: result.data.map((value) => Math.min(255, Math.max(0, value))),
    fullScale: { min: 0, max: 255 },
  });
