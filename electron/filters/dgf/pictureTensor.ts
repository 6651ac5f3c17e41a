import type { Range, Rect } from '../../contract/geometry';
import { checkInside } from '../../raster/crop';
import { channelOf, type Raster } from '../../raster/raster';
import type { NetworkTensor } from '../filter';
import { extentOf } from '../unitPlanes';

/**
 * Three planes 0…1; a grey picture tripled.
 * @param part of the raster: all of it when left out
 * @throws RangeError when the part is not inside the raster
 */
export function pictureTensor(
  raster: Raster,
  range: Range,
  part: Rect = { x: 0, y: 0, width: raster.width, height: raster.height },
): NetworkTensor {
  checkInside(raster, part);
  const { width, height } = part;
  const pixels = width * height;
  const data = new Float32Array(3 * pixels);
  for (let channel = 0; channel < raster.channels; channel += 1)
    writeUnits(channelOf(raster, channel), raster.width, part, range, data.subarray(channel * pixels));
  if (raster.channels === 1) for (const place of [1, 2]) data.copyWithin(place * pixels, 0, pixels);
  return { data, channels: 3, height, width };
}

function writeUnits(
  from: Float32Array,
  stride: number,
  { x, y, width, height }: Rect,
  { min, max }: Range,
  to: Float32Array,
): void {
  const extent = extentOf({ min, max });
  for (let row = 0, out = 0; row < height; row += 1, out += width) {
    const start = (y + row) * stride + x;
    for (let i = 0; i < width; i += 1) to[out + i] = (from[start + i]! - min) / extent;
  }
}
