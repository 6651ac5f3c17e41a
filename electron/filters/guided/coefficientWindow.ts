import type { EmitRow } from './model';

/**
 * The second box filter of the guided filter (eq. 8, 21), row by row: takes the linear coefficients of the windows
 * centred on each row and gives their means over the windows that cover a pixel. Holds 2·radius + 1 rows.
 *
 * Rows are interleaved, `terms` values a pixel: the slopes, then the intercept.
 */
export class CoefficientWindow {
  private readonly ring: Float32Array;
  private readonly columnSums: Float64Array;
  private readonly means: Float64Array;
  private readonly incoming: Float32Array;
  private readonly rows: number;

  constructor(
    private readonly width: number,
    private readonly height: number,
    private readonly radius: number,
    private readonly terms: 2 | 4,
    private readonly emit: EmitRow,
  ) {
    this.rows = 2 * radius + 1;
    this.ring = new Float32Array(this.rows * width * terms);
    this.columnSums = new Float64Array(width * terms);
    this.means = new Float64Array(width * terms);
    this.incoming = new Float32Array(width * terms);
  }

  /** Where the coefficients of the next row are to be written before `push`. */
  get next(): Float32Array {
    return this.incoming;
  }

  /** Takes row `row` from `next`; rows come in order. Emits the means of row `row - radius`, the last ones at the end. */
  push(row: number): void {
    this.exchange(row);
    if (row >= this.radius) this.emitRow(row - this.radius);
    if (row < this.height - 1) return;
    this.incoming.fill(0);
    for (let beyond = this.height; beyond < this.height + this.radius; beyond += 1) {
      this.exchange(beyond);
      if (beyond >= this.radius) this.emitRow(beyond - this.radius);
    }
  }

  /** The row that enters takes the place of the one 2·radius + 1 rows above, which leaves. */
  private exchange(row: number): void {
    const { incoming, ring, columnSums } = this;
    const start = (row % this.rows) * incoming.length;
    for (let i = 0; i < incoming.length; i += 1) {
      const value = incoming[i]!;
      columnSums[i] = columnSums[i]! + (value - ring[start + i]!);
      ring[start + i] = value;
    }
  }

  private emitRow(row: number): void {
    const { height, radius } = this;
    const covered = Math.min(height, row + radius + 1) - Math.max(0, row - radius);
    if (this.terms === 4) meansOfFour(this.columnSums, this.means, this.width, radius, covered);
    else meansOfTwo(this.columnSums, this.means, this.width, radius, covered);
    this.emit(row, this.means);
  }
}

function meansOfFour(
  columns: Float64Array,
  means: Float64Array,
  width: number,
  radius: number,
  covered: number,
): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let x = -radius; x < width; x += 1) {
    const enters = x + radius;
    if (enters < width) {
      const i = enters * 4;
      a += columns[i]!;
      b += columns[i + 1]!;
      c += columns[i + 2]!;
      d += columns[i + 3]!;
    }
    if (x < 0) continue;
    const leaves = x - radius - 1;
    if (leaves >= 0) {
      const i = leaves * 4;
      a -= columns[i]!;
      b -= columns[i + 1]!;
      c -= columns[i + 2]!;
      d -= columns[i + 3]!;
    }
    const share = 1 / (covered * (Math.min(width, enters + 1) - Math.max(0, leaves + 1)));
    const i = x * 4;
    means[i] = a * share;
    means[i + 1] = b * share;
    means[i + 2] = c * share;
    means[i + 3] = d * share;
  }
}

function meansOfTwo(
  columns: Float64Array,
  means: Float64Array,
  width: number,
  radius: number,
  covered: number,
): void {
  let a = 0;
  let b = 0;
  for (let x = -radius; x < width; x += 1) {
    const enters = x + radius;
    if (enters < width) {
      a += columns[enters * 2]!;
      b += columns[enters * 2 + 1]!;
    }
    if (x < 0) continue;
    const leaves = x - radius - 1;
    if (leaves >= 0) {
      a -= columns[leaves * 2]!;
      b -= columns[leaves * 2 + 1]!;
    }
    const share = 1 / (covered * (Math.min(width, enters + 1) - Math.max(0, leaves + 1)));
    means[x * 2] = a * share;
    means[x * 2 + 1] = b * share;
  }
}
