import type { Size } from '../../contract/geometry';
import { checkpoint } from '../checkpoint';
import { lineTransform } from './lineTransform';
import type { LineTransform } from './mixedRadix';

/** Neighbouring columns taken from memory together: what one cache line holds. */
const columnsTogether = 16;

/**
 * Solves (1 + β·∇ᵀ∇) x = b on a grid whose borders meet (the last column's right neighbour is the first column), exactly,
 * by the Fourier transform, in which differences become factors. ∇ are differences to the right and to the lower neighbour.
 */
export class PeriodicSolver {
  private readonly rows: LineTransform;
  private readonly columns: LineTransform;
  private readonly horizontal: Float64Array;
  private readonly vertical: Float64Array;

  constructor(private readonly size: Size) {
    this.rows = lineTransform(size.width);
    this.columns = size.height === size.width ? this.rows : lineTransform(size.height);
    this.horizontal = squaredDifferences(size.width);
    this.vertical = squaredDifferences(size.height);
  }

  /**
   * Two planes at a time, as the two parts of complex numbers: all factors being real, they do not mix.
   * @param first holds b, afterwards x; `second` alike
   * @throws the signal's reason when it was aborted between two passes
   */
  async solve(first: Float32Array, second: Float32Array, beta: number, signal: AbortSignal): Promise<void> {
    await checkpoint(signal);
    this.alongRows((re, im) => this.rows.apply(re, im), first, second);
    await checkpoint(signal);
    this.alongColumns(first, second, beta);
    await checkpoint(signal);
    this.alongRows((re, im) => this.rows.apply(im, re), first, second);
  }

  private alongRows(
    transform: (re: Float64Array, im: Float64Array) => void,
    first: Float32Array,
    second: Float32Array,
  ): void {
    const { width } = this.size;
    const re = new Float64Array(width);
    const im = new Float64Array(width);
    for (let i = 0; i < first.length; i += width) {
      re.set(first.subarray(i, i + width));
      im.set(second.subarray(i, i + width));
      transform(re, im);
      first.set(re, i);
      second.set(im, i);
    }
  }

  /** There, division by what the operator does to every frequency, and back. */
  private alongColumns(first: Float32Array, second: Float32Array, beta: number): void {
    const { width, height } = this.size;
    const lines = Array.from({ length: columnsTogether }, () => ({
      re: new Float64Array(height),
      im: new Float64Array(height),
    }));
    for (let left = 0; left < width; left += columnsTogether) {
      const together = lines.slice(0, width - left);
      for (let y = 0, i = left; y < height; y += 1, i += width) {
        for (let column = 0; column < together.length; column += 1) {
          together[column]!.re[y] = first[i + column]!;
          together[column]!.im[y] = second[i + column]!;
        }
      }
      for (const [column, { re, im }] of together.entries()) {
        this.columns.apply(re, im);
        this.divide(re, im, beta, this.horizontal[left + column]!);
        this.columns.apply(im, re);
      }
      for (let y = 0, i = left; y < height; y += 1, i += width) {
        for (let column = 0; column < together.length; column += 1) {
          first[i + column] = together[column]!.re[y]!;
          second[i + column] = together[column]!.im[y]!;
        }
      }
    }
  }

  private divide(re: Float64Array, im: Float64Array, beta: number, horizontal: number): void {
    const pixels = this.size.width * this.size.height;
    for (let y = 0; y < re.length; y += 1) {
      const factor = 1 / (pixels * (1 + beta * (horizontal + this.vertical[y]!)));
      re[y]! *= factor;
      im[y]! *= factor;
    }
  }
}

/** |e^(2πi·k/length) − 1|² of every frequency k. */
const squaredDifferences = (length: number) =>
  Float64Array.from({ length }, (_, k) => 4 * Math.sin((Math.PI * k) / length) ** 2);
