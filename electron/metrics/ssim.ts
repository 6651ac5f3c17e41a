import { channelOf } from '../raster/raster';
import { checkShapes, dataRangeOf, noPixels } from './differences';
import type { Comparison, Metric } from './metric';

/** Half the side of the window of 11 × 11 pixels. */
const reach = 5;
const sigma = 1.5;
/** Blurred over the window: the weight of known pixels, x, y, x², y², x·y. */
const moments = 6;

/**
 * Structural similarity (Wang et al. 2004, eq. 13; 11 × 11 Gaussian window, σ = 1.5, K₁ = 0.01, K₂ = 0.03), the mean
 * over all channels and over the pixels whose window lies inside the picture. Unknown pixels carry no weight in any
 * window and do not count themselves.
 */
export const ssim: Metric = {
  id: 'ssim',
  title: 'SSIM',
  unit: 'none',
  better: 'higher',
  measure(comparison) {
    checkShapes(comparison);
    let sum = 0;
    for (let channel = 0; channel < comparison.reference.channels; channel += 1) {
      sum += meanSimilarity(comparison, channel);
    }
    return sum / comparison.reference.channels;
  },
};

function meanSimilarity(comparison: Comparison, channel: number): number {
  const { result, reference } = comparison;
  const { width, height } = reference;
  const range = dataRangeOf(comparison);
  const c1 = (0.01 * range) ** 2;
  const c2 = (0.03 * range) ** 2;
  const x = channelOf(result, channel);
  const y = channelOf(reference, channel);
  const isKnown = (pixel: number) => !reference.unknown?.[pixel] && !result.unknown?.[pixel];
  const edge = Math.max(reach, comparison.border ?? 0);
  // Rows blurred along x, kept as long as a window needs them.
  const ring = Array.from({ length: 2 * reach + 1 }, () => new Float64Array(width * moments));
  const window = new Float64Array(moments);
  let sum = 0;
  let count = 0;
  for (let row = 0; row < height; row += 1) {
    blurRow(x, y, isKnown, row * width, width, ring[row % ring.length]!);
    const centre = row - reach;
    if (centre < edge || centre >= height - edge) continue;
    for (let column = edge; column < width - edge; column += 1) {
      if (!isKnown(centre * width + column)) continue;
      window.fill(0);
      for (let tap = -reach; tap <= reach; tap += 1) {
        const blurred = ring[(centre + tap) % ring.length]!;
        for (let m = 0; m < moments; m += 1) {
          window[m]! += gaussian[tap + reach]! * blurred[column * moments + m]!;
        }
      }
      sum += similarity(window, c1, c2);
      count += 1;
    }
  }
  if (count === 0) throw noPixels();
  return sum / count;
}

function similarity(window: Float64Array, c1: number, c2: number): number {
  const weight = window[0]!;
  const meanX = window[1]! / weight;
  const meanY = window[2]! / weight;
  const varianceX = window[3]! / weight - meanX * meanX;
  const varianceY = window[4]! / weight - meanY * meanY;
  const covariance = window[5]! / weight - meanX * meanY;
  return (
    ((2 * meanX * meanY + c1) * (2 * covariance + c2)) /
    ((meanX * meanX + meanY * meanY + c1) * (varianceX + varianceY + c2))
  );
}

function blurRow(
  x: Float32Array,
  y: Float32Array,
  isKnown: (pixel: number) => boolean,
  start: number,
  width: number,
  out: Float64Array,
): void {
  out.fill(0);
  for (let column = reach; column < width - reach; column += 1) {
    const to = column * moments;
    for (let tap = -reach; tap <= reach; tap += 1) {
      const pixel = start + column + tap;
      if (!isKnown(pixel)) continue;
      const weight = gaussian[tap + reach]!;
      const a = x[pixel]!;
      const b = y[pixel]!;
      out[to]! += weight;
      out[to + 1]! += weight * a;
      out[to + 2]! += weight * b;
      out[to + 3]! += weight * a * a;
      out[to + 4]! += weight * b * b;
      out[to + 5]! += weight * a * b;
    }
  }
}

const gaussian = normalised(
  Float64Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2))),
);

function normalised(weights: Float64Array): Float64Array {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
