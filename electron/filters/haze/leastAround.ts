import type { Size } from '../../contract/geometry';

/**
 * Replaces every sample by the least in the square around it, clipped at the border. Line by line, in three comparisons a sample
 * whatever the reach (M. van Herk, Pattern Recognition Letters 1992; J. Gil, M. Werman, IEEE TPAMI 1993).
 * @param plane row by row; written
 * @param reach how far the square reaches to every side, samples
 */
export function leastAround(plane: Float32Array, { width, height }: Size, reach: number): void {
  const rows = new LeastAlong(plane, width, reach);
  for (let y = 0; y < height; y += 1) rows.replace(y * width, 1);
  const columns = new LeastAlong(plane, height, reach);
  for (let x = 0; x < width; x += 1) columns.replace(x, width);
}

/** Lines are cut into blocks as long as the window, which then lies in two of them at most. */
class LeastAlong {
  private readonly block: number;
  /** Least from the block's first sample on, and up to its last one. */
  private readonly before: Float32Array;
  private readonly after: Float32Array;

  constructor(
    private readonly plane: Float32Array,
    private readonly length: number,
    private readonly reach: number,
  ) {
    this.block = 2 * reach + 1;
    this.before = new Float32Array(length);
    this.after = new Float32Array(length);
  }

  replace(start: number, step: number): void {
    this.collect(start, step);
    const { plane, length, reach, block, before, after } = this;
    for (let i = 0, at = start; i < length; i += 1, at += step) {
      const first = Math.max(0, i - reach);
      const last = Math.min(length - 1, i + reach);
      // Clipped, the window begins or ends with the line: it may be a part of one block.
      if (first - (first % block) === last - (last % block))
        plane[at] = first === 0 ? before[last]! : after[first]!;
      else plane[at] = Math.min(after[first]!, before[last]!);
    }
  }

  private collect(start: number, step: number): void {
    const { plane, length, block, before, after } = this;
    for (let begin = 0; begin < length; begin += block) {
      const end = Math.min(length, begin + block);
      let least = Number.POSITIVE_INFINITY;
      for (let i = begin, at = start + begin * step; i < end; i += 1, at += step) {
        const value = plane[at]!;
        if (value < least) least = value;
        before[i] = least;
        after[i] = value;
      }
      least = Number.POSITIVE_INFINITY;
      for (let i = end - 1; i >= begin; i -= 1) {
        if (after[i]! < least) least = after[i]!;
        after[i] = least;
      }
    }
  }
}
