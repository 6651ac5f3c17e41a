import { SidelightError } from '../contract/errors';
import { createRaster, type Raster } from './raster';

/**
 * Every unknown pixel gets the value of the known pixel nearest to it (Euclidean; ties go to the upper, then the left
 * one). Exact and linear in the number of pixels: columns first, then the lower envelope of parabolas along each row
 * (Felzenszwalb & Huttenlocher 2012, sec. 2.1). The result knows every pixel; a raster without unknown pixels is
 * returned as it is.
 * @throws SidelightError target-all-unknown
 */
export function fillNearest(raster: Raster): Raster {
  const { width, height, unknown } = raster;
  if (!unknown) return raster;
  if (!unknown.includes(0)) throw allUnknown();
  const nearestRow = nearestKnownRows(unknown, width, height);
  const data = raster.data.slice();
  const envelope = new Envelope(width);
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    if (!unknown.subarray(row, row + width).includes(1)) continue;
    envelope.build(nearestRow, y);
    for (let x = 0; x < width; x += 1) {
      if (!unknown[row + x]) continue;
      const column = envelope.columnNearest(x);
      const source = nearestRow[row + column]! * width + column;
      for (let channel = 0; channel < raster.channels; channel += 1) {
        const plane = channel * width * height;
        data[plane + row + x] = data[plane + source]!;
      }
    }
  }
  return createRaster({ ...raster, data, unknown: null });
}

/** For every pixel the row of the known pixel nearest to it in its own column; -1 where the column has none. */
function nearestKnownRows(unknown: Uint8Array, width: number, height: number): Int32Array {
  const nearest = new Int32Array(width * height);
  for (let x = 0; x < width; x += 1) nearest[x] = unknown[x] ? -1 : 0;
  for (let y = 1; y < height; y += 1) {
    for (let x = 0, i = y * width; x < width; x += 1, i += 1)
      nearest[i] = unknown[i] ? nearest[i - width]! : y;
  }
  for (let y = height - 2; y >= 0; y -= 1) {
    for (let x = 0, i = y * width; x < width; x += 1, i += 1) {
      const below = nearest[i + width]!;
      if (below < 0) continue;
      const above = nearest[i]!;
      if (above < 0 || below - y < y - above) nearest[i] = below;
    }
  }
  return nearest;
}

/** Which column's parabola `(x - column)² + (vertical distance)²` is lowest at each x of one row. */
class Envelope {
  private readonly columns: Int32Array;
  private readonly heights: Float64Array;
  /** The parabola at `columns[k]` is lowest from `starts[k]` on. */
  private readonly starts: Float64Array;
  private count = 0;
  private cursor = 0;

  constructor(private readonly width: number) {
    this.columns = new Int32Array(width);
    this.heights = new Float64Array(width);
    this.starts = new Float64Array(width);
  }

  build(nearestRow: Int32Array, y: number): void {
    let top = -1;
    for (let x = 0; x < this.width; x += 1) {
      const nearest = nearestRow[y * this.width + x]!;
      if (nearest < 0) continue;
      const height = (nearest - y) ** 2;
      let start = Number.NEGATIVE_INFINITY;
      while (top >= 0) {
        const column = this.columns[top]!;
        start = (height + x * x - this.heights[top]! - column * column) / (2 * (x - column));
        if (start > this.starts[top]!) break;
        top -= 1;
        start = Number.NEGATIVE_INFINITY;
      }
      top += 1;
      this.columns[top] = x;
      this.heights[top] = height;
      this.starts[top] = start;
    }
    this.count = top + 1;
    this.cursor = 0;
  }

  /** Asked for increasing x within a row. */
  columnNearest(x: number): number {
    while (this.cursor + 1 < this.count && this.starts[this.cursor + 1]! < x) this.cursor += 1;
    return this.columns[this.cursor]!;
  }
}

const allUnknown = () =>
  new SidelightError(
    'target-all-unknown',
    'Not one pixel of the target holds a value: all are marked unknown, NaN or infinite.',
    'Open another file, or, if its zeros are true values, set its unknown marker to “none”.',
  );
