import { difference } from '../../engine/display/difference';
import type { Raster } from '../../raster/raster';

/** |result − truth|, the mean over the channels, in their unit; unknown where either is. Null without a truth. */
export const absoluteError = (result: Raster, truth: Raster | null): Raster | null =>
  truth && difference(result, truth);
