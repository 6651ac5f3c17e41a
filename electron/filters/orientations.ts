import type { Rect, Size } from '../contract/geometry';

/** A way to turn a picture: mirrored along its axes, then transposed. */
export interface Orientation {
  readonly mirrored: { readonly x: boolean; readonly y: boolean };
  readonly transposed: boolean;
}

export const upright: Orientation = { mirrored: { x: false, y: false }, transposed: false };

/** All eight, the upright one first. Those that are mirrored alike follow each other. */
export const orientations: readonly Orientation[] = [
  upright.mirrored,
  { x: true, y: false },
  { x: false, y: true },
  { x: true, y: true },
].flatMap((mirrored) => [false, true].map((transposed) => ({ mirrored, transposed })));

/** What a picture of `size` measures when it is turned. */
export const turnedSize = ({ width, height }: Size, { transposed }: Orientation): Size =>
  transposed ? { width: height, height: width } : { width, height };

/** A plane of `size` turned; the plane itself where it stays upright. */
export function turned(plane: Float32Array, size: Size, orientation: Orientation): Float32Array {
  const { first, x: stepX, y: stepY } = placesIn(size, orientation);
  if (first === 0 && stepX === 1) return plane;
  const out = new Float32Array(plane.length);
  let from = 0;
  for (let y = 0; y < size.height; y += 1) {
    let to = first + y * stepY;
    for (let x = 0; x < size.width; x += 1, to += stepX, from += 1) out[to] = plane[from]!;
  }
  return out;
}

/**
 * Turns a part of a turned plane back and adds it to what is there.
 * @param size of the whole plane before it was turned
 * @param part of that; `sum` holds as many samples
 */
export function addTurnedBack(
  plane: Float32Array,
  size: Size,
  orientation: Orientation,
  part: Rect,
  sum: Float32Array,
): void {
  const { first, x: stepX, y: stepY } = placesIn(size, orientation);
  let to = 0;
  for (let y = part.y; y < part.y + part.height; y += 1) {
    let from = first + y * stepY + part.x * stepX;
    for (let x = 0; x < part.width; x += 1, from += stepX, to += 1) sum[to]! += plane[from]!;
  }
}

/** Where the samples of a plane lie when it is turned: the first one, and how far a column and a row lead from there. */
function placesIn({ width, height }: Size, { mirrored, transposed }: Orientation) {
  const [column, row] = transposed ? [height, 1] : [1, width];
  return {
    first: (mirrored.x ? (width - 1) * column : 0) + (mirrored.y ? (height - 1) * row : 0),
    x: mirrored.x ? -column : column,
    y: mirrored.y ? -row : row,
  };
}
