import type { Size } from '../../contract/geometry';
import { linearPlaces } from '../../raster/linearPlaces';
import type { NetworkTensor } from '../filter';

/** The pixels of a short line that a part of the long line over it is interpolated from, and their weights. */
export interface Interpolation {
  /** First pixel of the short line, and how many from there. */
  readonly first: number;
  readonly count: number;
  /** [parts of the long line, count], row by row. */
  readonly weights: Float32Array;
}

/** Bilinear interpolation of a line of `length` pixels, stretched over one of `whole`, at the pixels `begin` … `begin` + `size`. */
export function interpolation(length: number, whole: number, begin: number, size: number): Interpolation {
  const { low, high, share } = linearPlaces(begin, size, whole, length);
  const first = low[0]!;
  const count = high[size - 1]! + 1 - first;
  const weights = new Float32Array(size * count);
  for (let pixel = 0; pixel < size; pixel += 1) {
    const row = pixel * count - first;
    weights[row + low[pixel]!]! += 1 - share[pixel]!;
    weights[row + high[pixel]!]! += share[pixel]!;
  }
  return { first, count, weights };
}

/** The rows and columns of all channels that two interpolations need. */
export function partOf(
  tensor: NetworkTensor,
  rows: Pick<Interpolation, 'first' | 'count'>,
  columns: Pick<Interpolation, 'first' | 'count'>,
): NetworkTensor {
  const data = new Float32Array(tensor.channels * rows.count * columns.count);
  for (let channel = 0; channel < tensor.channels; channel += 1) {
    for (let y = 0; y < rows.count; y += 1) {
      const from = (channel * tensor.height + rows.first + y) * tensor.width + columns.first;
      data.set(tensor.data.subarray(from, from + columns.count), (channel * rows.count + y) * columns.count);
    }
  }
  return { data, channels: tensor.channels, height: rows.count, width: columns.count };
}

/** Weights as a matrix [long, short] for `rows`, or turned [short, long] for `columns`. */
export const asRows = ({ weights, count }: Interpolation): NetworkTensor => ({
  data: weights,
  channels: 1,
  height: weights.length / count,
  width: count,
});

export function asColumns({ weights, count }: Interpolation): NetworkTensor {
  const size: Size = { width: weights.length / count, height: count };
  const data = new Float32Array(weights.length);
  for (let x = 0; x < size.width; x += 1)
    for (let y = 0; y < count; y += 1) data[y * size.width + x] = weights[x * count + y]!;
  return { data, channels: 1, ...size };
}
