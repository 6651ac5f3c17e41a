import type { Size } from '../../contract/geometry';
import { GaussianBlur } from '../../filters/gaussianBlur';
import { createRaster, type Raster } from '../../raster/raster';
import { gaussianNoise } from '../gaussianNoise';

/** How far pixels move, and how much alike neighbours do. */
export interface Displacement {
  /** Standard deviation of the shift along each axis, in pixels. */
  readonly deviation: number;
  /** Standard deviation of the Gaussian that white noise is smoothed with, in pixels. */
  readonly smoothness: number;
}

/**
 * A plane whose contours wander: every pixel takes its value from a place moved by smooth noise, bilinearly, the nearest
 * one beyond the border. The same seed and size move all planes alike.
 */
export function displaced(plane: Raster, displacement: Displacement, seed: number): Raster {
  const { width, height } = plane;
  const noise = gaussianNoise(seed);
  const right = smoothNoise(plane, displacement, noise);
  const down = smoothNoise(plane, displacement, noise);
  const data = plane.data.map((_, i) => {
    const x = Math.min(width - 1, Math.max(0, (i % width) + right[i]!));
    const y = Math.min(height - 1, Math.max(0, Math.floor(i / width) + down[i]!));
    return between(plane, x, y);
  });
  return createRaster({ ...plane, data });
}

function smoothNoise(
  size: Size,
  { deviation, smoothness }: Displacement,
  noise: Generator<number, never>,
): Float32Array {
  const field = Float32Array.from({ length: size.width * size.height }, () => noise.next().value);
  new GaussianBlur(size, smoothness).apply(field);
  const power = field.reduce((sum, value) => sum + value * value, 0) / field.length;
  const scale = deviation / Math.sqrt(power);
  return field.map((value) => value * scale);
}

function between({ data, width, height }: Raster, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [nextColumn, nextRow] = [Math.min(width - 1, left + 1), Math.min(height - 1, top + 1)];
  const [right, down] = [x - left, y - top];
  const upper = data[top * width + left]! * (1 - right) + data[top * width + nextColumn]! * right;
  const lower = data[nextRow * width + left]! * (1 - right) + data[nextRow * width + nextColumn]! * right;
  return upper * (1 - down) + lower * down;
}
