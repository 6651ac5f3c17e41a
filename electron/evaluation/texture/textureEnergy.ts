import type { Rect } from '../../contract/geometry';
import { channelOf, type Raster } from '../../raster/raster';

/**
 * Mean square of what is left of regions when the plane that fits each of them best (least squares, channel by channel) is
 * taken away: texture of any size, but not the slow change of light over a region. In squared values, the mean over all
 * pixels of all regions and all channels.
 */
export function textureEnergy(raster: Raster, regions: readonly Rect[]): number {
  let squares = 0;
  let samples = 0;
  for (const region of regions) {
    for (let channel = 0; channel < raster.channels; channel += 1) {
      squares += residual(channelOf(raster, channel), raster.width, region);
      samples += region.width * region.height;
    }
  }
  return squares / samples;
}

/** Sum of squares around the best plane. On a grid its slopes do not depend on each other. */
function residual(plane: Float32Array, stride: number, { x, y, width, height }: Rect): number {
  let [sum, squares, alongX, alongY] = [0, 0, 0, 0];
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const value = plane[(y + row) * stride + x + column]!;
      sum += value;
      squares += value * value;
      alongX += value * (column - (width - 1) / 2);
      alongY += value * (row - (height - 1) / 2);
    }
  }
  const pixels = width * height;
  const explained =
    (sum * sum) / pixels +
    (alongX * alongX) / Math.max(1, height * centredSquares(width)) +
    (alongY * alongY) / Math.max(1, width * centredSquares(height));
  return Math.max(0, squares - explained);
}

/** Sum of (i − mean)² over i = 0 … n − 1. */
const centredSquares = (n: number) => (n * (n * n - 1)) / 12;
