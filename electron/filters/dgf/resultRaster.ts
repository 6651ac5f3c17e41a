import type { Range, Rect } from '../../contract/geometry';
import { croppedMasks } from '../../raster/crop';
import { createRaster, type Raster } from '../../raster/raster';
import type { NetworkTensor } from '../filter';
import { extentOf } from '../unitPlanes';

/**
 * What a network made of a part of a picture, in the picture's unit and with what else its pixels carry. Of a grey picture, or
 * where the result has no colour, the mean of the three planes.
 * @param result three planes 0…1 that nobody else has: the raster's samples are written over them
 */
export function resultRaster(
  result: NetworkTensor,
  picture: Raster,
  part: Rect,
  range: Range,
  colourless: boolean,
): Raster {
  const { data, width, height } = result;
  const pixels = width * height;
  const isGrey = colourless || picture.channels === 1;
  if (isGrey) averageInto(data, pixels);
  scaleBack(isGrey ? data.subarray(0, pixels) : data, range);
  if (isGrey && picture.channels === 3)
    for (const place of [1, 2]) data.copyWithin(place * pixels, 0, pixels);
  return createRaster({
    ...picture,
    ...croppedMasks(picture, part),
    width,
    height,
    // One plane that is kept would hold on to the memory of three.
    data: picture.channels === 1 ? data.slice(0, pixels) : data,
  });
}

/** The mean of three planes in the place of the first. */
function averageInto(planes: Float32Array, pixels: number): void {
  for (let i = 0; i < pixels; i += 1)
    planes[i] = (planes[i]! + planes[pixels + i]! + planes[2 * pixels + i]!) / 3;
}

function scaleBack(values: Float32Array, range: Range): void {
  const extent = extentOf(range);
  const { min } = range;
  for (let i = 0; i < values.length; i += 1) values[i] = values[i]! * extent + min;
}
