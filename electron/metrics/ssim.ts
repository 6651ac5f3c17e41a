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
  const products = new Float64Array(width * moments);
  // Rows blurred along x, kept as long as a window needs them.
  const ring = Array.from({ length: 2 * reach + 1 }, () => new Float64Array(width * moments));
  const windows = new Float64Array(width * moments);
  let sum = 0;
  let count = 0;
  for (let row = 0; row < height; row += 1) {
    multiplyRow(x, y, isKnown, row * width, width, products);
    blurRow(products, width, ring[row % ring.length]!);
    const centre = row - reach;
    if (centre < edge || centre >= height - edge) continue;
    blurColumns(ring, centre + ring.length, windows);
    for (let column = edge; column < width - edge; column += 1) {
      if (!isKnown(centre * width + column)) continue;
      sum += similarity(windows, column, width, c1, c2);
      count += 1;
    }
  }
  if (count === 0) throw noPixels();
  return sum / count;
}

/** Of the window around a column; its moments lie `width` apart. */
function similarity(windows: Float64Array, column: number, width: number, c1: number, c2: number): number {
  const weight = windows[column]!;
  const meanX = windows[column + width]! / weight;
  const meanY = windows[column + 2 * width]! / weight;
  const varianceX = windows[column + 3 * width]! / weight - meanX * meanX;
  const varianceY = windows[column + 4 * width]! / weight - meanY * meanY;
  const covariance = windows[column + 5 * width]! / weight - meanX * meanY;
  return (
    ((2 * meanX * meanY + c1) * (2 * covariance + c2)) /
    ((meanX * meanX + meanY * meanY + c1) * (varianceX + varianceY + c2))
  );
}

/** A row of each moment, one after the other; 0 where a pixel is unknown. */
function multiplyRow(
  x: Float32Array,
  y: Float32Array,
  isKnown: (pixel: number) => boolean,
  start: number,
  width: number,
  out: Float64Array,
): void {
  for (let column = 0; column < width; column += 1) {
    const known = isKnown(start + column);
    const a = known ? x[start + column]! : 0;
    const b = known ? y[start + column]! : 0;
    out[column] = known ? 1 : 0;
    out[column + width] = a;
    out[column + 2 * width] = b;
    out[column + 3 * width] = a * a;
    out[column + 4 * width] = b * b;
    out[column + 5 * width] = a * b;
  }
}

/** Each moment along x, where the window lies inside the picture. */
function blurRow(products: Float64Array, width: number, out: Float64Array): void {
  const [g0, g1, g2, g3, g4, g5] = halfGaussian;
  const p = products;
  for (let moment = 0; moment < moments; moment += 1) {
    const end = (moment + 1) * width - reach;
    for (let i = moment * width + reach; i < end; i += 1) {
      out[i] =
        g0 * p[i]! +
        g1 * (p[i - 1]! + p[i + 1]!) +
        g2 * (p[i - 2]! + p[i + 2]!) +
        g3 * (p[i - 3]! + p[i + 3]!) +
        g4 * (p[i - 4]! + p[i + 4]!) +
        g5 * (p[i - 5]! + p[i + 5]!);
    }
  }
}

/** The same along y, of the rows around one. @param centre its number, at least the ring's length */
function blurColumns(ring: readonly Float64Array[], centre: number, out: Float64Array): void {
  const [g0, g1, g2, g3, g4, g5] = halfGaussian;
  const row = (offset: number) => ring[(centre + offset) % ring.length]!;
  const [r0, a1, b1, a2, b2] = [row(0), row(-1), row(1), row(-2), row(2)];
  const [a3, b3, a4, b4, a5, b5] = [row(-3), row(3), row(-4), row(4), row(-5), row(5)];
  for (let i = 0; i < out.length; i += 1) {
    out[i] =
      g0 * r0[i]! +
      g1 * (a1[i]! + b1[i]!) +
      g2 * (a2[i]! + b2[i]!) +
      g3 * (a3[i]! + b3[i]!) +
      g4 * (a4[i]! + b4[i]!) +
      g5 * (a5[i]! + b5[i]!);
  }
}

/** Weights at 0, 1, … 5 from the centre. */
const halfGaussian = normalised(
  Array.from({ length: reach + 1 }, (_, i) => Math.exp((-i * i) / (2 * sigma ** 2))),
) as [number, number, number, number, number, number];

/** So that the whole window, which has all but the first twice, sums to 1. */
function normalised(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight, i) => total + (i === 0 ? 1 : 2) * weight, 0);
  return weights.map((weight) => weight / sum);
}
