import type { Size } from '../../contract/geometry';
import { Arena } from '../wasm/arena';
import { type GradientKernels, gradientKernels } from './gradientProgram';

/** Room before and behind a row; the nearest values there are the row's neighbours beyond the border. */
const guard = 4;

/** A row in the arena, with its guards. */
type Row = Float32Array | Uint8Array;

const addressOf = (row: Row) => row.byteOffset + guard * row.BYTES_PER_ELEMENT;

/**
 * The gradients' half of the splitting (Xu et al. 2011): which differences of S stay, and what S lacks of solving the other half
 * with those. Borders meet: the last column's right neighbour is the first column. Planes stay where they are, and come into
 * the arena row by row.
 */
export class SparseGradients {
  /** One byte a pixel: 255 where both its differences, to the right and to the lower neighbour, become 0. */
  private readonly dropped: Uint8Array;
  private readonly kernels: GradientKernels;
  private readonly rows: readonly Float32Array[];
  private readonly own: Float32Array;
  private readonly out: Float32Array;
  private readonly marks: readonly Uint8Array[];
  private readonly scalar: Float32Array;
  /** Of a row of float32, in whole vectors. */
  private readonly bytes: number;

  constructor(
    private readonly size: Size,
    channels: number,
  ) {
    this.dropped = new Uint8Array(size.width * size.height);
    const length = 4 * Math.ceil(size.width / 4);
    this.bytes = length * Float32Array.BYTES_PER_ELEMENT;
    const arena = new Arena();
    const room = () => arena.take((length + 2 * guard) * Float32Array.BYTES_PER_ELEMENT);
    const [scalar, own, out] = [room(), room(), room()];
    const rows = Array.from({ length: Math.max(3, 2 * channels) }, room);
    const marks = [room(), room()];
    const floats = (address: number) => arena.floats(address, length + 2 * guard);
    this.kernels = gradientKernels(arena.memory);
    [this.scalar, this.own, this.out] = [floats(scalar), floats(own), floats(out)];
    this.rows = rows.map(floats);
    this.marks = marks.map((address) => new Uint8Array(arena.memory.buffer, address, length + 2 * guard));
  }

  /**
   * Equation 12: a pixel keeps its differences where their squares, of all channels together, sum to `least` or more.
   * @param channels planes of S
   */
  drop(channels: readonly Float32Array[], least: number): void {
    const { size, kernels, own: squares, bytes } = this;
    const rowAt = (channel: number, y: number) => this.rows[2 * channel + (y % 2)]!;
    const marks = this.marks[0]!;
    this.scalar[0] = least;
    for (const [channel, plane] of channels.entries()) this.bring(plane, 0, rowAt(channel, 0));
    for (let y = 0; y < size.height; y += 1) {
      squares.fill(0);
      for (const [channel, plane] of channels.entries()) {
        const [row, below] = [rowAt(channel, y), rowAt(channel, y + 1)];
        this.bring(plane, y + 1, below);
        kernels.addSquares(addressOf(row), addressOf(below), addressOf(squares), bytes);
      }
      kernels.mark(addressOf(squares), this.scalar.byteOffset, addressOf(marks), bytes);
      this.dropped.set(marks.subarray(guard, guard + size.width), y * size.width);
    }
  }

  /**
   * What S lacks of solving equation 8, (1 + β·∇ᵀ∇) S = I + β·∇ᵀ(kept differences), where the differences are its own:
   * I − S − β·∇ᵀ(dropped differences).
   * @param plane one channel of I, `current` the same one of S
   * @returns writes row y of it; to be asked for all rows, from the first to the last
   */
  residual(plane: Float32Array, current: Float32Array, beta: number): (y: number, row: Float32Array) => void {
    const { size, kernels, own, out, bytes } = this;
    this.scalar[0] = beta;
    const rowAt = (y: number) => this.rows[(y + 3) % 3]!;
    const marksAt = (y: number) => this.marks[(y + 2) % 2]!;
    this.bring(current, -1, rowAt(-1));
    this.bring(current, 0, rowAt(0));
    this.bring(this.dropped, -1, marksAt(-1));
    return (y, row) => {
      this.bring(current, y + 1, rowAt(y + 1));
      this.bring(this.dropped, y, marksAt(y));
      this.bring(plane, y, own);
      kernels.residual(
        addressOf(own),
        addressOf(rowAt(y)),
        addressOf(rowAt(y - 1)),
        addressOf(rowAt(y + 1)),
        addressOf(marksAt(y)),
        addressOf(marksAt(y - 1)),
        this.scalar.byteOffset,
        addressOf(out),
        bytes,
      );
      row.set(out.subarray(guard, guard + size.width));
    };
  }

  /** Adds to row y of a plane. */
  add(plane: Float32Array, y: number, row: Float32Array): void {
    const { size, kernels, own, out, bytes } = this;
    this.bring(plane, y, own);
    out.set(row, guard);
    kernels.add(addressOf(own), addressOf(out), bytes);
    plane.set(own.subarray(guard, guard + size.width), y * size.width);
  }

  /** @param y from −1 up to and with the height: borders meet */
  private bring<T extends Row>(plane: T, y: number, row: T): void {
    const { width, height } = this.size;
    const start = ((y + height) % height) * width;
    row.set(plane.subarray(start, start + width), guard);
    row[guard - 1] = plane[start + width - 1]!;
    row[guard + width] = plane[start]!;
  }
}
