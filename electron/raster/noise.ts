import type { Range } from '../contract/geometry';
import { channelOf, type Raster } from './raster';

/** Median absolute deviation of a Gaussian of standard deviation 1. */
const deviationOfGaussian = 0.6745;
/** Norm of the mask: what it makes of noise of standard deviation 1. */
const maskGain = 6;
/** Enough for a median; larger pictures are read with gaps. */
const mostSamples = 250_000;

/**
 * Standard deviation of the Gaussian noise in a picture, in its unit, over the first channel: the response to
 * J. Immerkær's mask (Fast Noise Variance Estimation, CVIU 1996), which planes do not excite, taken by its median
 * instead of its mean, so that edges count as the few outliers they are.
 * @returns 0 for pictures smaller than 3 × 3
 */
export function estimateNoise(raster: Raster): number {
  const { width, height } = raster;
  if (width < 3 || height < 3) return 0;
  const plane = channelOf(raster, 0);
  const step = Math.max(1, Math.floor(((width - 2) * (height - 2)) / mostSamples));
  const responses: number[] = [];
  for (let index = 0; index < (width - 2) * (height - 2); index += step) {
    const at = (1 + Math.floor(index / (width - 2))) * width + 1 + (index % (width - 2));
    const corners =
      plane[at - width - 1]! + plane[at - width + 1]! + plane[at + width - 1]! + plane[at + width + 1]!;
    const sides = plane[at - width]! + plane[at + width]! + plane[at - 1]! + plane[at + 1]!;
    responses.push(Math.abs(corners - 2 * sides + 4 * plane[at]!));
  }
  const sorted = Float64Array.from(responses).sort();
  return sorted[Math.floor(sorted.length / 2)]! / deviationOfGaussian / maskGain;
}

/** The noise as a share of the extent of the picture's values; 0 where they have none. */
export function relativeNoise(raster: Raster, extent: Range | null): number {
  return extent && extent.max > extent.min ? estimateNoise(raster) / (extent.max - extent.min) : 0;
}
