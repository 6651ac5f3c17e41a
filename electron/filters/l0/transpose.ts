import type { Size } from '../../contract/geometry';

/** Sides of the squares that are turned at a time, so that what is read and written stays in the cache. */
const side = 32;

/**
 * Makes the columns of a plane the rows of another one.
 * @param size of `plane`
 * @param out as long; written
 * @returns `out`
 */
export function transpose(plane: Float32Array, { width, height }: Size, out: Float32Array): Float32Array {
  for (let top = 0; top < height; top += side) {
    for (let left = 0; left < width; left += side) {
      const [bottom, right] = [Math.min(top + side, height), Math.min(left + side, width)];
      for (let x = left; x < right; x += 1)
        for (let y = top; y < bottom; y += 1) out[x * height + y] = plane[y * width + x]!;
    }
  }
  return out;
}
