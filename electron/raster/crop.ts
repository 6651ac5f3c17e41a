import type { Rect } from '../contract/geometry';
import { createRaster, type Raster } from './raster';

/**
 * A copy of one rectangle of a raster; the raster itself when the rectangle is all of it.
 * @throws RangeError when the rectangle is not inside the raster
 */
export function cropRaster(raster: Raster, region: Rect): Raster {
  const { x, y, width, height } = region;
  if (x < 0 || y < 0 || x + width > raster.width || y + height > raster.height) {
    throw new RangeError(
      `${width} × ${height} at (${x}, ${y}) is not inside a raster of ${raster.width} × ${raster.height}.`,
    );
  }
  if (width === raster.width && height === raster.height) return raster;
  const data = new Float32Array(width * height * raster.channels);
  const pixels = width * height;
  const wholePixels = raster.width * raster.height;
  for (let channel = 0; channel < raster.channels; channel += 1) {
    const from = raster.data.subarray(channel * wholePixels, (channel + 1) * wholePixels);
    copyRows(from, raster.width, region, data.subarray(channel * pixels, (channel + 1) * pixels));
  }
  const alpha = raster.alpha && new Float32Array(pixels);
  if (raster.alpha && alpha) copyRows(raster.alpha, raster.width, region, alpha);
  const unknown = raster.unknown && new Uint8Array(pixels);
  if (raster.unknown && unknown) copyRows(raster.unknown, raster.width, region, unknown);
  return createRaster({ ...raster, width, height, data, alpha, unknown });
}

function copyRows<Samples extends Float32Array | Uint8Array>(
  from: Samples,
  stride: number,
  region: Rect,
  to: Samples,
): void {
  for (let row = 0; row < region.height; row += 1) {
    const start = (region.y + row) * stride + region.x;
    to.set(from.subarray(start, start + region.width), row * region.width);
  }
}
