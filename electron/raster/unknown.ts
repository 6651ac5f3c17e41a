import type { UnknownMarker } from '../contract/sources';
import { createRaster, type Raster } from './raster';

/**
 * Whether zeros mean "no measurement" in this raster, once the user's choice is resolved.
 *
 * `auto` says `zero` when all of this holds for a one-channel raster:
 * - zeros are there, not only as a black frame, but fewer than 60 % of the known pixels; no value is negative;
 * - the other values are no mask or label map: at least 8 distinct ones, the highest is not most of them;
 * - zero stands apart: the smallest other value is at least 2 % of the 99th percentile and at least 3 times as far
 *   from 0 as neighbouring distinct values (in all but 5 % of cases, between the 1st and 99th percentile) lie apart.
 */
export function resolveUnknownMarker(raster: Raster, marker: UnknownMarker): 'zero' | 'none' {
  if (marker !== 'auto') return marker;
  return raster.channels === 1 && zerosLookLikeHoles(raster) ? 'zero' : 'none';
}

/** The raster with zeros marked unknown as well (in every channel zero, for colour) when the marker says so. */
export function markUnknown(raster: Raster, marker: 'zero' | 'none'): Raster {
  if (marker === 'none') return raster;
  const pixels = raster.width * raster.height;
  const unknown = raster.unknown ? raster.unknown.slice() : new Uint8Array(pixels);
  let any = 0;
  for (let i = 0; i < pixels; i += 1) {
    let zero = raster.data[i] === 0;
    for (let channel = 1; zero && channel < raster.channels; channel += 1) {
      zero = raster.data[channel * pixels + i] === 0;
    }
    if (zero) unknown[i] = 1;
    any |= unknown[i]!;
  }
  return createRaster({ ...raster, unknown: any ? unknown : null });
}

const sampleLimit = 65_536;

function zerosLookLikeHoles(raster: Raster): boolean {
  const { data, unknown } = raster;
  const extent = extentOfValues(raster);
  if (!extent || extent.insideZeros === 0 || extent.zeros >= 0.6 * (extent.zeros + extent.others))
    return false;
  const values = sortedSample(data, unknown, extent.others);
  if (isMaskLike(values)) return false;
  const low = quantile(values, 0.01);
  const high = quantile(values, 0.99);
  return extent.smallest >= 0.02 * high && extent.smallest >= 3 * usualGap(values, low, high);
}

/** Counts of known zeros and other values; null when a value is negative or all are zero. */
function extentOfValues({ data, unknown, width, height }: Raster) {
  const box = { left: width, right: -1, top: height, bottom: -1 };
  let zeros = 0;
  let others = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0, i = y * width; x < width; x += 1, i += 1) {
      if (unknown?.[i]) continue;
      const value = data[i]!;
      if (value < 0) return null;
      if (value === 0) {
        zeros += 1;
        continue;
      }
      others += 1;
      if (value < smallest) smallest = value;
      if (x < box.left) box.left = x;
      if (x > box.right) box.right = x;
      if (y < box.top) box.top = y;
      box.bottom = y;
    }
  }
  if (others === 0) return null;
  // Zeros outside the box of all other values are a frame or a letterbox.
  let insideZeros = 0;
  for (let y = box.top; y <= box.bottom; y += 1) {
    for (let x = box.left; x <= box.right; x += 1) {
      if (data[y * width + x] === 0 && !unknown?.[y * width + x]) insideZeros += 1;
    }
  }
  return { zeros, others, smallest, insideZeros };
}

/** Up to `sampleLimit` of the `count` known values above zero, evenly picked, in increasing order. */
function sortedSample(data: Float32Array, unknown: Uint8Array | null, count: number): Float32Array {
  const step = Math.max(1, Math.ceil(count / sampleLimit));
  const sample = new Float32Array(Math.ceil(count / step));
  let seen = 0;
  for (let i = 0; i < data.length; i += 1) {
    if (unknown?.[i] || data[i] === 0) continue;
    if (seen % step === 0) sample[seen / step] = data[i]!;
    seen += 1;
  }
  return sample.sort();
}

function isMaskLike(values: Float32Array): boolean {
  let distinct = 1;
  for (let i = 1; i < values.length; i += 1) if (values[i] !== values[i - 1]) distinct += 1;
  return distinct < 8 || quantile(values, 0.5) === values.at(-1);
}

/** The distance between neighbouring distinct values that 95 % of them do not exceed. */
function usualGap(values: Float32Array, low: number, high: number): number {
  const gaps: number[] = [];
  for (let i = 1; i < values.length; i += 1) {
    const gap = values[i]! - values[i - 1]!;
    if (gap > 0 && values[i - 1]! >= low && values[i]! <= high) gaps.push(gap);
  }
  return gaps.length === 0 ? 0 : quantile(Float64Array.from(gaps).sort(), 0.95);
}

const quantile = (sorted: Float32Array | Float64Array, share: number) =>
  sorted[Math.floor(share * (sorted.length - 1))]!;
