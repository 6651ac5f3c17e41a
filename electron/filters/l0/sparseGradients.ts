import type { Size } from '../../contract/geometry';

/**
 * The gradients' half of the splitting (Xu et al. 2011, equation 12): a pixel keeps its two differences, to the right and to
 * the lower neighbour, where their squares, of all channels together, sum to `least` or more. Borders meet: the last column's
 * right neighbour is the first column.
 * @param channels planes of S
 * @param kept one byte a pixel, written: 1 where the differences stay, 0 where they become 0
 */
export function keepLargeGradients(
  channels: readonly Float32Array[],
  { width, height }: Size,
  least: number,
  kept: Uint8Array,
): void {
  const pixels = width * height;
  for (let y = 0, i = 0; y < height; y += 1) {
    const down = y + 1 < height ? width : width - pixels;
    for (let x = 0; x < width; x += 1, i += 1) {
      const right = x + 1 < width ? 1 : 1 - width;
      let square = 0;
      for (const plane of channels) {
        const value = plane[i]!;
        square += (plane[i + right]! - value) ** 2 + (plane[i + down]! - value) ** 2;
      }
      kept[i] = square >= least ? 1 : 0;
    }
  }
}

/**
 * The right side of the picture's half (equation 8): I + β·∇ᵀ(kept differences of S).
 * @param plane one channel of I, `current` the same one of S
 * @param out written
 */
export function addKeptGradients(
  plane: Float32Array,
  current: Float32Array,
  kept: Uint8Array,
  { width, height }: Size,
  beta: number,
  out: Float32Array,
): void {
  const pixels = width * height;
  out.set(plane);
  for (let y = 0, i = 0; y < height; y += 1) {
    const down = y + 1 < height ? width : width - pixels;
    for (let x = 0; x < width; x += 1, i += 1) {
      if (!kept[i]) continue;
      const right = x + 1 < width ? 1 : 1 - width;
      const across = beta * (current[i + right]! - current[i]!);
      const along = beta * (current[i + down]! - current[i]!);
      out[i]! -= across + along;
      out[i + right]! += across;
      out[i + down]! += along;
    }
  }
}
