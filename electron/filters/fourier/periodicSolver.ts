import type { Size } from '../../contract/geometry';
import { checkpoint } from '../checkpoint';
import { Arena } from '../wasm/arena';
import { elementBytes } from './complexLines';
import { type LineKernels, lineKernels } from './lineProgram';
import { LineTransform } from './lineTransform';
import { blockBytes, rowsTogether } from './rowProgram';

/** Frequencies that lie together. */
const blockLength = 4;
/** What is left of a row far enough away that it does not matter: less than float32 can tell. */
const negligible = 2 ** -30;

/**
 * Solves (1 + β·∇ᵀ∇) x = b on a grid whose borders meet (the last column's right neighbour is the first column), exactly.
 * ∇ are differences to the right and to the lower neighbour.
 *
 * Along the rows by the Fourier transform, in which differences become factors: of every frequency there is left a system
 * down the column that joins each row only with the two beside it. Its matrix is the same for all rows, and so a product of two
 * recursions, one downwards, y ← y + r·(row above), and one upwards.
 */
export class PeriodicSolver {
  private readonly arena = new Arena();
  private readonly kernels: LineKernels;
  private readonly transform: LineTransform;
  /** Bytes of the frequencies of one row, half of them: the others are their mirror image. */
  private readonly rowBytes: number;
  private readonly spectrum: number;
  private readonly ratios: number;
  private readonly gains: number;
  private readonly carried: number;
  private readonly rows: number;
  private readonly stride: number;

  constructor(private readonly size: Size) {
    const { width, height } = size;
    const blocks = Math.ceil((Math.floor(width / 2) + 1) / blockLength);
    this.kernels = lineKernels(this.arena.memory);
    this.transform = new LineTransform(width, this.arena, this.kernels);
    this.rowBytes = blocks * blockBytes;
    this.ratios = this.arena.take(this.rowBytes / 2);
    this.gains = this.arena.take(this.rowBytes / 2);
    this.carried = this.arena.take(this.rowBytes);
    this.stride = 4 * Math.ceil(width / 4);
    this.rows = this.arena.take(rowsTogether * this.stride * Float32Array.BYTES_PER_ELEMENT);
    this.spectrum = this.arena.take(Math.ceil(height / rowsTogether) * rowsTogether * this.rowBytes);
  }

  /**
   * @param give writes a row of b
   * @param receive is told a row of x, which it must not keep; all of b was asked for by then
   * @throws the signal's reason when it was aborted between two passes
   */
  async solve(
    beta: number,
    give: (y: number, row: Float32Array) => void,
    receive: (y: number, row: Float32Array) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const rows = Array.from({ length: rowsTogether }, (_, k) =>
      this.arena.floats(this.rows + k * this.stride * Float32Array.BYTES_PER_ELEMENT, this.size.width),
    );
    const ratios = this.prepare(beta);
    await checkpoint(signal);
    this.downwards(rows, give);
    this.closeCircle(ratios);
    await checkpoint(signal);
    this.upwards(rows, receive);
  }

  /**
   * With q = 1/β + |e^(2πi·k/width) − 1|², a column's matrix is β·(q + 2 on the diagonal, −1 beside it) = (β/r)·(1 − r·above)(1 −
   * r·below) where r + 1/r = q + 2.
   * @returns r of all frequencies
   */
  private prepare(beta: number): Float32Array {
    const { width } = this.size;
    const count = (this.rowBytes / blockBytes) * blockLength;
    const ratios = this.arena.floats(this.ratios, count);
    const gains = this.arena.floats(this.gains, count);
    for (let k = 0; k < count; k += 1) {
      const q = 1 / beta + 4 * Math.sin((Math.PI * Math.min(k, width / 2)) / width) ** 2;
      ratios[k] = 1 / (1 + q / 2 + Math.sqrt(q + q ** 2 / 4));
      // r / β, but so that even columns are solved exactly whatever rounding did to r. `split` doubles, the transform sums.
      gains[k] = (1 - ratios[k]!) ** 2 / (q * beta) / (2 * width);
    }
    return ratios;
  }

  private rowAt = (y: number) => this.spectrum + y * this.rowBytes;

  private downwards(rows: readonly Float32Array[], give: (y: number, row: Float32Array) => void): void {
    const { kernels, transform, rowBytes } = this;
    const { width, height } = this.size;
    const bytes = this.stride * Float32Array.BYTES_PER_ELEMENT;
    for (let top = 0; top < height; top += rowsTogether) {
      const bottom = Math.min(top + rowsTogether, height);
      for (const [k, row] of rows.entries()) {
        if (top + k < bottom) give(top + k, row);
        else row.fill(0);
      }
      kernels.gather(this.rows, bytes, transform.lines, bytes);
      const lines = transform.apply();
      const last = lines + width * elementBytes;
      kernels.split(lines, last, this.rowAt(top), rowBytes, this.gains, rowBytes);
      for (let y = Math.max(1, top); y < bottom; y += 1)
        kernels.addTimes(this.rowAt(y), this.rowAt(y), this.rowAt(y - 1), this.ratios, rowBytes);
    }
  }

  /** The first row is below the last one: what that hands down still, and what the first rows will hand up to the last one. */
  private closeCircle(ratios: Float32Array): void {
    const { kernels, carried, rowBytes } = this;
    const { height } = this.size;
    const carriedRow = this.arena.floats(carried, rowBytes / Float32Array.BYTES_PER_ELEMENT);
    const reaches = reachesOf(ratios, height);
    const endless = () => {
      for (let i = 0; i < carriedRow.length; i += 1)
        carriedRow[i]! /= 1 - ratios[(i >> 3) * blockLength + (i & 3)]! ** height;
    };
    carriedRow.set(this.arena.floats(this.rowAt(height - 1), carriedRow.length));
    endless();
    const deepest = reaches.length;
    for (let y = 0; y < deepest; y += 1)
      kernels.fade(carried, this.rowAt(y), this.ratios, reaches[y]! * blockBytes);
    carriedRow.fill(0);
    for (let y = deepest - 1; y >= 0; y -= 1)
      kernels.addTimes(carried, this.rowAt(y), carried, this.ratios, reaches[y]! * blockBytes);
    endless();
  }

  private upwards(rows: readonly Float32Array[], receive: (y: number, row: Float32Array) => void): void {
    const { kernels, transform, rowBytes } = this;
    const { width, height } = this.size;
    const bytes = this.stride * Float32Array.BYTES_PER_ELEMENT;
    const lastTop = Math.floor((height - 1) / rowsTogether) * rowsTogether;
    for (let top = lastTop; top >= 0; top -= rowsTogether) {
      const bottom = Math.min(top + rowsTogether, height);
      for (let y = bottom - 1; y >= top; y -= 1) {
        const below = y + 1 < height ? this.rowAt(y + 1) : this.carried;
        kernels.addTimes(this.rowAt(y), this.rowAt(y), below, this.ratios, rowBytes);
      }
      const last = transform.lines + width * elementBytes;
      kernels.merge(this.rowAt(top), rowBytes, transform.lines, last, rowBytes);
      kernels.scatter(transform.apply(), this.rows, bytes, bytes);
      for (let y = top; y < bottom; y += 1) receive(y, rows[y - top]!);
    }
  }
}

/** Of every row from the first one that the last one still reaches, how many blocks of frequencies matter. Ratios fall. */
function reachesOf(ratios: Float32Array, height: number): number[] {
  const reaches: number[] = [];
  let blocks = ratios.length / blockLength;
  for (let y = 0; y < height; y += 1) {
    while (blocks > 0 && ratios[(blocks - 1) * blockLength]! ** y < negligible) blocks -= 1;
    if (blocks === 0) break;
    reaches.push(blocks);
  }
  return reaches;
}
