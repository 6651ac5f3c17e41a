import type { Size } from '../contract/geometry';

/** The least size not smaller than `size` whose sides are multiples of `multiple`. */
export function paddedSize(size: Size, multiple: number): Size {
  return {
    width: Math.ceil(size.width / multiple) * multiple,
    height: Math.ceil(size.height / multiple) * multiple,
  };
}

/**
 * Writes a plane into the top left of a larger one and continues it by reflection about its last column and row
 * (`… c b a b c …`, numpy's `reflect`); a side of one pixel is repeated. `out` holds `padded` samples.
 */
export function padByReflection(plane: Float32Array, size: Size, padded: Size, out: Float32Array): void {
  for (let y = 0; y < padded.height; y += 1) {
    const from = reflected(y, size.height) * size.width;
    const to = y * padded.width;
    out.set(plane.subarray(from, from + size.width), to);
    for (let x = size.width; x < padded.width; x += 1) out[to + x] = plane[from + reflected(x, size.width)]!;
  }
}

function reflected(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const place = index % period;
  return place < length ? place : period - place;
}
