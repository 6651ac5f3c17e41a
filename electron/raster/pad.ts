import type { Size } from '../contract/geometry';

/** The least size not smaller than `size` whose sides are multiples of `multiple`. */
export function paddedSize(size: Size, multiple: number): Size {
  return {
    width: Math.ceil(size.width / multiple) * multiple,
    height: Math.ceil(size.height / multiple) * multiple,
  };
}

/**
 * Writes a plane into a larger one, at its top left or `lead` pixels from there, and continues it by reflection about its outermost
 * columns and rows (`… c b a b c …`, numpy's `reflect`); a side of one pixel is repeated. `out` holds `padded` samples.
 */
export function padByReflection(
  plane: Float32Array,
  size: Size,
  padded: Size,
  out: Float32Array,
  lead: { readonly x: number; readonly y: number } = { x: 0, y: 0 },
): void {
  const right = lead.x + size.width;
  for (let y = 0; y < padded.height; y += 1) {
    const from = reflected(y - lead.y, size.height) * size.width;
    const to = y * padded.width;
    const copied = (x: number) => plane[from + reflected(x - lead.x, size.width)]!;
    for (let x = 0; x < lead.x; x += 1) out[to + x] = copied(x);
    out.set(plane.subarray(from, from + size.width), to + lead.x);
    for (let x = right; x < padded.width; x += 1) out[to + x] = copied(x);
  }
}

function reflected(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const place = Math.abs(index) % period;
  return place < length ? place : period - place;
}
