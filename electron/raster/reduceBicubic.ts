import type { Size } from '../contract/geometry';
import { cubicKernel } from './cubic';
import { createRaster, type Raster } from './raster';

/**
 * Antialiased bicubic reduction (a = −0.5), the kernel widened by the reduction factor and its weights inside the
 * picture made to sum to 1: Pillow's `Image.resize(size, BICUBIC)` in mode `F`, channel by channel. Unknown pixels
 * must have been filled; alpha is left out.
 * @param size of the result, at most the raster's
 */
export function reduceBicubic(raster: Raster, size: Size): Raster {
  const columns = reductionTaps(raster.width, size.width);
  const rows = reductionTaps(raster.height, size.height);
  const data = new Float32Array(size.width * size.height * raster.channels);
  for (let channel = 0; channel < raster.channels; channel += 1) {
    const pixels = raster.width * raster.height;
    const plane = raster.data.subarray(channel * pixels, (channel + 1) * pixels);
    const narrow = reduceRows(plane, raster.width, raster.height, columns);
    const to = channel * size.width * size.height;
    reduceColumns(narrow, size.width, rows, data.subarray(to, to + size.width * size.height));
  }
  const { width, height } = size;
  return createRaster({ ...raster, width, height, data, unknown: null, alpha: null });
}

/** For every result sample: the first source sample and the weights from there on. */
type Taps = readonly { readonly first: number; readonly weights: Float64Array }[];

function reductionTaps(length: number, reduced: number): Taps {
  const scale = Math.max(1, length / reduced);
  const support = 2 * scale;
  return Array.from({ length: reduced }, (_, i) => {
    const centre = ((i + 0.5) * length) / reduced;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(length, Math.trunc(centre + support + 0.5));
    const weights = Float64Array.from({ length: end - first }, (_, k) =>
      cubicKernel((first + k - centre + 0.5) / scale),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

function reduceRows(plane: Float32Array, width: number, height: number, taps: Taps): Float32Array {
  const out = new Float32Array(taps.length * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < taps.length; x += 1) {
      const { first, weights } = taps[x]!;
      const from = y * width + first;
      let sum = 0;
      for (let k = 0; k < weights.length; k += 1) sum += weights[k]! * plane[from + k]!;
      out[y * taps.length + x] = sum;
    }
  }
  return out;
}

function reduceColumns(plane: Float32Array, width: number, taps: Taps, out: Float32Array): void {
  const sums = new Float64Array(width);
  for (let y = 0; y < taps.length; y += 1) {
    const { first, weights } = taps[y]!;
    sums.fill(0);
    for (let k = 0; k < weights.length; k += 1) {
      const weight = weights[k]!;
      const from = (first + k) * width;
      for (let x = 0; x < width; x += 1) sums[x]! += weight * plane[from + x]!;
    }
    out.set(sums, y * width);
  }
}
