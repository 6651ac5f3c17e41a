import type { Size } from '../contract/geometry';

/**
 * A mask without the pixels that have a pixel outside it within `reach` along both axes (a square of 2 · reach + 1);
 * beyond the picture nothing is inside.
 * @param mask width × height, 0 or 1
 */
export function erodeSquare(mask: Uint8Array, { width, height }: Size, reach: number): Uint8Array {
  const narrowed = new Uint8Array(mask.length);
  for (let y = 0; y < height; y += 1) erodeLine(mask, narrowed, y * width, 1, width, reach);
  const eroded = new Uint8Array(mask.length);
  for (let x = 0; x < width; x += 1) erodeLine(narrowed, eroded, x, width, height, reach);
  return eroded;
}

/** A pixel stays when it and `reach` pixels on both sides of it are inside. */
function erodeLine(
  from: Uint8Array,
  to: Uint8Array,
  start: number,
  stride: number,
  length: number,
  reach: number,
): void {
  let run = 0;
  for (let i = 0; i < length; i += 1) {
    run = from[start + i * stride] ? run + 1 : 0;
    if (run > 2 * reach) to[start + (i - reach) * stride] = 1;
  }
}
