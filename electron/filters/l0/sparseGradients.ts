import type { Size } from '../../contract/geometry';

/**
 * The gradients' half of the splitting (Xu et al. 2011, equation 12): a pixel keeps its two differences, to the right and to
 * the lower neighbour, where their squares, of all channels together, sum to `least` or more. Borders meet: the last column's
 * right neighbour is the first column.
 * @param channels planes of S
 * @param dropped one byte a pixel, written: 1 where the differences become 0, 0 where they stay
 */
export function dropSmallGradients(
  channels: readonly Float32Array[],
  { width, height }: Size,
  least: number,
  dropped: Uint8Array,
): void {
  const squares = new Float32Array(width);
  for (let y = 0; y < height; y += 1) {
    const start = y * width;
    const below = y + 1 < height ? start + width : 0;
    squares.fill(0);
    for (const plane of channels) {
      let value = plane[start]!;
      for (let x = 0; x < width; x += 1) {
        const next = plane[x + 1 < width ? start + x + 1 : start]!;
        squares[x]! += (next - value) ** 2 + (plane[below + x]! - value) ** 2;
        value = next;
      }
    }
    for (let x = 0; x < width; x += 1) dropped[start + x] = squares[x]! < least ? 1 : 0;
  }
}

/**
 * What the picture's half (equation 8), (1 + β·∇ᵀ∇) S = I + β·∇ᵀ(kept differences), lacks of being solved by the S that the
 * differences are of: I − S − β·∇ᵀ(dropped differences). One row of it.
 * @param plane one channel of I, `current` the same one of S
 * @param row written
 */
export function residualRow(
  plane: Float32Array,
  current: Float32Array,
  dropped: Uint8Array,
  { width, height }: Size,
  beta: number,
  y: number,
  row: Float32Array,
): void {
  const start = y * width;
  const above = (y > 0 ? y - 1 : height - 1) * width;
  const below = y + 1 < height ? start + width : 0;
  const end = start + width - 1;
  let value = current[start]!;
  let arriving = dropped[end]! * (value - current[end]!);
  for (let x = 0; x < width; x += 1) {
    const i = start + x;
    const next = current[x + 1 < width ? i + 1 : start]!;
    const leaving = dropped[i]! * (next - value);
    const falling = dropped[i]! * (current[below + x]! - value);
    const fallen = dropped[above + x]! * (value - current[above + x]!);
    row[x] = plane[i]! - value + beta * (leaving - arriving + falling - fallen);
    arriving = leaving;
    value = next;
  }
}
