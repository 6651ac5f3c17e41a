import { readImage } from '../../codecs/read';
import { fillNearest } from '../../raster/fillNearest';
import { createRaster, type Raster } from '../../raster/raster';
import { markUnknown } from '../../raster/unknown';
import { cutToBlocks } from '../wholeBlocks';
import type { DepthPair } from './depthPairs';

/** A pair as the protocol uses it. */
export interface DepthScene {
  readonly guidance: Raster;
  /** One channel, in raw disparity; unknown where the file says 0 or is not finite. */
  readonly truth: Raster;
  /** `truth` with the unknown filled from the nearest known pixel: what is degraded. */
  readonly filled: Raster;
}

/** Every factor divides it. */
const sizeMultiple = 16;

/**
 * Reads a pair, cuts it at the right and bottom to multiples of 16 and fills what is unknown.
 * @throws SidelightError aspect-mismatch when the two differ in size, and what the codecs throw
 */
export async function readDepthScene(pair: DepthPair): Promise<DepthScene> {
  const photo = (await readImage(pair.guidance)).raster;
  const disparity = firstChannel((await readImage(pair.truth)).raster);
  const [guidance, values] = cutToBlocks(pair.scene, [photo, disparity], sizeMultiple);
  const truth = markUnknown(values!, 'zero');
  return { guidance: guidance!, truth, filled: fillNearest(truth) };
}

/** Grey maps are sometimes stored with three equal channels. */
function firstChannel(raster: Raster): Raster {
  if (raster.channels === 1) return raster;
  return createRaster({ ...raster, channels: 1, data: raster.data.slice(0, raster.width * raster.height) });
}
