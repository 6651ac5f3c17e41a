import path from 'node:path';
import { describeFormats } from '../../codecs/list';
import { createRaster, type Raster } from '../../raster/raster';
import { reduceBicubic } from '../../raster/reduceBicubic';
import { toUnitScale } from '../../raster/unitScale';
import { listFolder, nothingToMeasure } from '../dataFolder';

/**
 * Pictures in a folder, by name.
 * @throws SidelightError file-not-found when there is no such folder or no picture in it
 */
export async function findPhotos(folder: string): Promise<string[]> {
  const extensions = describeFormats().flatMap((format) => format.extensions);
  const isPhoto = (file: string) => extensions.includes(path.extname(file).slice(1).toLowerCase());
  const files = (await listFolder(folder)).filter(isPhoto);
  if (files.length > 0) return files.toSorted().map((file) => path.join(folder, file));
  throw nothingToMeasure(folder, 'photo', `Photos end in ${extensions.map((one) => `.${one}`).join(', ')}.`);
}

/**
 * A photo in 8 bits whose short side has this many pixels: antialiased bicubic with a = −0.5, then rounded. Null for one
 * that is smaller.
 */
export function photoAt(photo: Raster, side: number): Raster | null {
  const short = Math.min(photo.width, photo.height);
  if (short < side) return null;
  const lengthOf = (length: number) => Math.round((length * side) / short);
  const size = { width: lengthOf(photo.width), height: lengthOf(photo.height) };
  return inEightBits(short === side ? photo : reduceBicubic(photo, size));
}

/** Black and white at 0 and 255; without alpha and profile. */
function inEightBits(photo: Raster): Raster {
  const { width, height, channels, data } = toUnitScale(photo);
  const levels = data.map((value) => Math.round(255 * Math.min(1, Math.max(0, value))));
  return createRaster({
    width,
    height,
    channels,
    data: levels,
    fullScale: { min: 0, max: 255 },
    sampleType: 'u8',
  });
}
