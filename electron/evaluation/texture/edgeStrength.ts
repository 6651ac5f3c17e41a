import { channelOf, type Raster } from '../../raster/raster';
import type { Point } from './marks';

/** Distances from an edge at which its two sides are read, in pixels. */
const distances = [1, 2, 3, 4] as const;

/**
 * How strong the edges along lines are: for every straight piece of a line, the distance in colour (Euclidean, over the
 * channels) between the means of the bands from 1 to 4 pixels on either side of it; the mean over all pieces, weighted by
 * length. A texture on the sides averages out along a piece; an edge that is blurred or moved by pixels gets weaker.
 */
export function edgeStrength(raster: Raster, lines: readonly (readonly Point[])[]): number {
  let total = 0;
  let whole = 0;
  for (const line of lines) {
    for (const [i, to] of line.slice(1).entries()) {
      const from = line[i]!;
      const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
      total += length * stepAcross(raster, from, to, length);
      whole += length;
    }
  }
  return total / whole;
}

/** Between the two sides of a piece of `length` pixels. */
function stepAcross(raster: Raster, from: Point, to: Point, length: number): number {
  const along = [(to[0] - from[0]) / length, (to[1] - from[1]) / length] as const;
  const samples = Math.max(1, Math.floor(length));
  let squares = 0;
  for (let channel = 0; channel < raster.channels; channel += 1) {
    const plane = channelOf(raster, channel);
    let difference = 0;
    for (let i = 0; i <= samples; i += 1) {
      const at = (i * length) / samples;
      const [x, y] = [from[0] + at * along[0], from[1] + at * along[1]];
      for (const distance of distances) {
        const [acrossX, acrossY] = [-along[1] * distance, along[0] * distance];
        difference += readBetween(plane, raster, x + acrossX, y + acrossY);
        difference -= readBetween(plane, raster, x - acrossX, y - acrossY);
      }
    }
    squares += (difference / ((samples + 1) * distances.length)) ** 2;
  }
  return Math.sqrt(squares);
}

/** Bilinear; beyond the border the nearest pixel. */
function readBetween(plane: Float32Array, { width, height }: Raster, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, down] = [x - left, y - top];
  const value = (column: number, row: number) =>
    plane[Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column))]!;
  const upper = value(left, top) * (1 - right) + value(left + 1, top) * right;
  const lower = value(left, top + 1) * (1 - right) + value(left + 1, top + 1) * right;
  return upper * (1 - down) + lower * down;
}
