import type { Rect, Size } from '../contract/geometry';
import { createRaster, type Raster } from './raster';

/**
 * A copy of one rectangle of a raster; the raster itself when the rectangle is all of it.
 * @throws RangeError when the rectangle is not inside the raster
 */
export function cropRaster(raster: Raster, region: Rect): Raster {
  checkInside(raster, region);
  const { width, height } = region;
  if (width === raster.width && height === raster.height) return raster;
  const data = new Float32Array(width * height * raster.channels);
  const pixels = width * height;
  const wholePixels = raster.width * raster.height;
  for (let channel = 0; channel < raster.channels; channel += 1) {
    const from = raster.data.subarray(channel * wholePixels, (channel + 1) * wholePixels);
    copyRows(from, raster.width, region, data.subarray(channel * pixels, (channel + 1) * pixels));
  }
  return createRaster({ ...raster, width, height, data, ...croppedMasks(raster, region) });
}

/**
 * What the pixels of one rectangle carry beside their samples: copies, the raster's own when the rectangle is all of it.
 * @throws RangeError when the rectangle is not inside the raster
 */
export function croppedMasks(raster: Raster, region: Rect): Pick<Raster, 'alpha' | 'unknown'> {
  checkInside(raster, region);
  if (region.width === raster.width && region.height === raster.height)
    return { alpha: raster.alpha, unknown: raster.unknown };
  const pixels = region.width * region.height;
  const alpha = raster.alpha && new Float32Array(pixels);
  if (raster.alpha && alpha) copyRows(raster.alpha, raster.width, region, alpha);
  const unknown = raster.unknown && new Uint8Array(pixels);
  if (raster.unknown && unknown) copyRows(raster.unknown, raster.width, region, unknown);
  return { alpha, unknown };
}

/** @throws RangeError when the rectangle is not inside the raster */
export function checkInside(raster: Size, { x, y, width, height }: Rect): void {
  if (x < 0 || y < 0 || x + width > raster.width || y + height > raster.height)
    throw new RangeError(
      `${width} × ${height} at (${x}, ${y}) is not inside a raster of ${raster.width} × ${raster.height}.`,
    );
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
