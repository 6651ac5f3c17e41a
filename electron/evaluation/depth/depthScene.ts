import { readImage } from '../../codecs/read';
import { SidelightError } from '../../contract/errors';
import type { Size } from '../../contract/geometry';
import { cropRaster } from '../../raster/crop';
import { fillNearest } from '../../raster/fillNearest';
import { createRaster, type Raster } from '../../raster/raster';
import { markUnknown } from '../../raster/unknown';
import type { DepthPair } from './depthPairs';

/** A pair as the protocol uses it. */
export interface DepthScene {
  readonly scene: string;
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
  const guidance = (await readImage(pair.guidance)).raster;
  const disparity = firstChannel((await readImage(pair.truth)).raster);
  if (guidance.width !== disparity.width || guidance.height !== disparity.height) throw differentSizes(pair);
  const region = { x: 0, y: 0, ...wholeBlocks(disparity, pair) };
  const truth = cropRaster(markUnknown(disparity, 'zero'), region);
  return { scene: pair.scene, guidance: cropRaster(guidance, region), truth, filled: fillNearest(truth) };
}

/** Grey maps are sometimes stored with three equal channels. */
function firstChannel(raster: Raster): Raster {
  if (raster.channels === 1) return raster;
  return createRaster({ ...raster, channels: 1, data: raster.data.slice(0, raster.width * raster.height) });
}

function wholeBlocks({ width, height }: Size, pair: DepthPair): Size {
  const whole = (length: number) => length - (length % sizeMultiple);
  if (Math.min(width, height) >= sizeMultiple) return { width: whole(width), height: whole(height) };
  throw new SidelightError(
    'image-empty',
    `The scene “${pair.scene}” is only ${width} × ${height} pixels.`,
    `Scenes to measure on need at least ${sizeMultiple} × ${sizeMultiple} pixels: remove it from the folder.`,
    { path: pair.truth },
  );
}

const differentSizes = (pair: DepthPair) =>
  new SidelightError(
    'aspect-mismatch',
    `The photo and the disparity of the scene “${pair.scene}” differ in size.`,
    'Remove the scene from the folder, or put in the photo that belongs to its disparity.',
    { path: pair.truth },
  );
