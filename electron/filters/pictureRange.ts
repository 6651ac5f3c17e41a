import type { Range } from '../contract/geometry';
import type { TargetView } from './filter';

/**
 * What counts as 0…1 for filters whose settings are meant for pictures: full scale for 8 bits and for colours in integers,
 * so that a dim photo is treated like any other; the extent of the values for maps and floats, which have no scale of their own.
 */
export function pictureRange({ raster, valueRange }: TargetView): Range {
  const { sampleType, channels, fullScale } = raster;
  return sampleType === 'u8' || (sampleType !== 'f32' && channels === 3) ? fullScale : valueRange;
}
