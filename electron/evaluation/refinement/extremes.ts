import { createRaster, type Raster } from '../../raster/raster';

/**
 * Grey dilation: the largest value within `reach` pixels along both axes (a square of 2 · reach + 1), of what there is of
 * it inside the picture. Of a mask, 1 where the object grows to.
 * @param plane one channel
 */
export const largestAround = (plane: Raster, reach: number): Raster => extreme(plane, reach, Math.max);

/** Grey erosion: the smallest value likewise. */
export const smallestAround = (plane: Raster, reach: number): Raster => extreme(plane, reach, Math.min);

type Choose = (a: number, b: number) => number;

function extreme(plane: Raster, reach: number, choose: Choose): Raster {
  const { width, height } = plane;
  const narrow = new Float32Array(plane.data.length);
  for (let y = 0; y < height; y += 1) along(plane.data, narrow, y * width, 1, width, reach, choose);
  const data = new Float32Array(plane.data.length);
  for (let x = 0; x < width; x += 1) along(narrow, data, x, width, height, reach, choose);
  return createRaster({ ...plane, data });
}

function along(
  from: Float32Array,
  to: Float32Array,
  start: number,
  stride: number,
  length: number,
  reach: number,
  choose: Choose,
): void {
  for (let i = 0; i < length; i += 1) {
    let value = from[start + i * stride]!;
    const last = Math.min(length - 1, i + reach);
    for (let k = Math.max(0, i - reach); k <= last; k += 1) value = choose(value, from[start + k * stride]!);
    to[start + i * stride] = value;
  }
}
