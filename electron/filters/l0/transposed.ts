import type { Size } from '../../contract/geometry';

/** Sides of the squares that are turned at a time, so that what is read and written stays in the cache. */
const side = 32;

/** A plane whose rows are the columns of another one. */
export function transposed(plane: Float32Array, { width, height }: Size): Float32Array {
  const out = new Float32Array(plane.length);
  for (let top = 0; top < height; top += side) {
    for (let left = 0; left < width; left += side) {
      const [bottom, right] = [Math.min(top + side, height), Math.min(left + side, width)];
      for (let x = left; x < right; x += 1)
        for (let y = top; y < bottom; y += 1) out[x * height + y] = plane[y * width + x]!;
    }
  }
  return out;
}
