import type { Range } from '../contract/geometry';
import type { Raster } from './raster';

/** Extent of the known samples over all channels; null when no pixel is known. */
export function knownRange(raster: Raster): Range | null {
  const { data, unknown } = raster;
  const pixels = raster.width * raster.height;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let channel = 0; channel < raster.channels; channel += 1) {
    const start = channel * pixels;
    for (let i = 0; i < pixels; i += 1) {
      if (unknown?.[i]) continue;
      const value = data[start + i]!;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return min <= max ? { min, max } : null;
}
