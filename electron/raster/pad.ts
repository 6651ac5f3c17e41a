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
 * @param detail the plane's pixels for each along both sides of another one that is continued in the usual way: it is reflected about the
 * middle of its outermost `detail` columns and rows, so that those pixels stay with the other one's. Divides its sides.
 */
export function padByReflection(
  plane: Float32Array,
  size: Size,
  padded: Size,
  out: Float32Array,
  lead: { readonly x: number; readonly y: number } = { x: 0, y: 0 },
  detail = 1,
): void {
  const right = lead.x + size.width;
  for (let y = 0; y < padded.height; y += 1) {
    const from = reflected(y - lead.y, size.height, detail) * size.width;
    const to = y * padded.width;
    const copied = (x: number) => plane[from + reflected(x - lead.x, size.width, detail)]!;
    for (let x = 0; x < lead.x; x += 1) out[to + x] = copied(x);
    out.set(plane.subarray(from, from + size.width), to + lead.x);
    for (let x = right; x < padded.width; x += 1) out[to + x] = copied(x);
  }
}

/** Blocks of `detail` pixels are reflected about the outermost ones, and turned where they come in their reverse order. */
function reflected(index: number, length: number, detail: number): number {
  const blocks = length / detail;
  const block = Math.floor(index / detail);
  const within = index - block * detail;
  if (blocks === 1) return within;
  const period = 2 * (blocks - 1);
  const place = Math.abs(block) % period;
  const isTurned = block < 0 !== place >= blocks;
  return (place < blocks ? place : period - place) * detail + (isTurned ? detail - 1 - within : within);
}
