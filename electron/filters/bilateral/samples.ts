import type { Rect } from '../../contract/geometry';
import { channelOf, type Raster } from '../../raster/raster';
import type { TargetView } from '../filter';

/** The target's pixels whose centres lie in a region of the result, and the guidance at these centres. */
export interface Samples {
  /** Columns and rows are counted in the whole target. */
  readonly columns: Span;
  readonly rows: Span;
  /** Row by row, a plane a channel. */
  readonly guidance: readonly Float32Array[];
  readonly target: readonly Float32Array[];
}

/** From `first` on, `count` of them, which may be none. */
export interface Span {
  readonly first: number;
  readonly count: number;
}

/**
 * The guidance is read bilinearly at the centre of every target pixel: between pixels where the factor is even, as it
 * is on a common grid.
 * @param guidance of exactly `region`'s size
 */
export function samplesWithin(region: Rect, target: TargetView, guidance: Raster): Samples {
  const { raster, offset, factor } = target;
  const columns = centredWithin(region.x, region.width, factor.x, offset.x, raster.width);
  const rows = centredWithin(region.y, region.height, factor.y, offset.y, raster.height);
  const x = places(columns, factor.x, region.x, region.width);
  const y = places(rows, factor.y, region.y, region.height);
  return {
    columns,
    rows,
    guidance: planes(guidance, (plane) => readBilinear(plane, region.width, x, y)),
    target: planes(raster, (plane) => cut(plane, raster.width, columns, rows, offset)),
  };
}

function planes(raster: Raster, read: (plane: Float32Array) => Float32Array): Float32Array[] {
  return Array.from({ length: raster.channels }, (_, channel) => read(channelOf(raster, channel)));
}

/** Where the centre of a target pixel lies among the whole result's pixel centres. */
const centreOf = (pixel: number, factor: number) => (pixel + 0.5) * factor - 0.5;

/** Of the target pixels at hand, those whose centre lies between the centres of the region's first and last pixel. */
function centredWithin(
  start: number,
  length: number,
  factor: number,
  offset: number,
  available: number,
): Span {
  let first = Math.max(offset, Math.floor(start / factor) - 1);
  while (centreOf(first, factor) < start) first += 1;
  let end = Math.min(offset + available, Math.ceil((start + length) / factor) + 1);
  while (end > first && centreOf(end - 1, factor) > start + length - 1) end -= 1;
  return { first, count: Math.max(0, end - first) };
}

/** Positions between two neighbours of a region: the first one's index, and the share of the second. */
interface Places {
  readonly indices: Int32Array;
  readonly shares: Float64Array;
}

function places(span: Span, factor: number, start: number, length: number): Places {
  const indices = new Int32Array(span.count);
  const shares = new Float64Array(span.count);
  for (let i = 0; i < span.count; i += 1) {
    const position = centreOf(span.first + i, factor) - start;
    // The last pixel has no second neighbour: it is the second of the pixel before, or alone in its region.
    indices[i] = Math.max(0, Math.min(length - 2, Math.floor(position)));
    shares[i] = position - indices[i]!;
  }
  return { indices, shares };
}

function readBilinear(plane: Float32Array, stride: number, x: Places, y: Places): Float32Array {
  const width = x.indices.length;
  const result = new Float32Array(width * y.indices.length);
  const right = stride > 1 ? 1 : 0;
  const below = plane.length > stride ? stride : 0;
  for (let row = 0; row < y.indices.length; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const at = y.indices[row]! * stride + x.indices[column]!;
      const [across, down] = [x.shares[column]!, y.shares[row]!];
      const upper = plane[at]! * (1 - across) + plane[at + right]! * across;
      const lower = plane[at + below]! * (1 - across) + plane[at + below + right]! * across;
      result[row * width + column] = upper * (1 - down) + lower * down;
    }
  }
  return result;
}

function cut(
  plane: Float32Array,
  stride: number,
  columns: Span,
  rows: Span,
  offset: TargetView['offset'],
): Float32Array {
  const result = new Float32Array(columns.count * rows.count);
  for (let row = 0; row < rows.count; row += 1) {
    const from = (rows.first - offset.y + row) * stride + columns.first - offset.x;
    result.set(plane.subarray(from, from + columns.count), row * columns.count);
  }
  return result;
}
