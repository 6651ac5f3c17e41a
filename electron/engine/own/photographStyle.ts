import type { Size } from '../../contract/geometry';
import { type Style, styleOf } from '../../filters/style/style';
import { lumaPlane } from '../../filters/tone/luma';
import { fillNearest } from '../../raster/fillNearest';
import { channelOf, createRaster, type Raster } from '../../raster/raster';
import { reducedByMeans } from '../../raster/reduceArea';
import { toUnitScale } from '../../raster/unitScale';
import { unsuitedPhotograph } from './problems';

/** Pixels on the longer side that the photographs of the looks were reduced to: gradients depend on it. */
const longSide = 1024;
/** Reduced values are rounded to 8 bits, as theirs were: a photograph has one style, with however many bits it is stored. */
const depth = 255;

/**
 * What a photograph is known by, as models/training/operators/looks.py found it for the looks. Nothing is enlarged. Pixels that hold
 * no number or are more transparent than not do not count.
 * @param name of the file, for errors
 * @throws SidelightError own-photograph-unsuited
 */
export function photographStyle(photograph: Raster, name: string): Style {
  const seen = withoutTransparent(photograph);
  if (seen.unknown && !seen.unknown.includes(0))
    throw unsuitedPhotograph(name, 'none of its pixels holds a value that can be seen.');
  const size = reducedSize(seen);
  const small = inEightBits(toUnitScale(reducedByMeans(fillNearest(seen), size)));
  const style = styleOf({ ...size, data: lumaOf(small) }, countedPixels(seen, size));
  if (!style)
    throw unsuitedPhotograph(name, 'it is a single line of pixels, or hardly any of them holds a value.');
  if (style.intensities[0] === style.intensities.at(-1))
    throw unsuitedPhotograph(name, 'it is equally bright everywhere, without tones and detail.');
  return style;
}

function withoutTransparent(photograph: Raster): Raster {
  const { alpha, unknown } = photograph;
  if (!alpha) return photograph;
  const hidden = Uint8Array.from(alpha, (opacity, i) => (opacity < 0.5 || unknown?.[i] ? 1 : 0));
  return createRaster({ ...photograph, alpha: null, unknown: hidden.includes(1) ? hidden : null });
}

function reducedSize({ width, height }: Size): Size {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

const inEightBits = (raster: Raster): Raster => ({
  ...raster,
  data: raster.data.map((value) => Math.round(Math.min(1, Math.max(0, value)) * depth) / depth),
});

const lumaOf = (raster: Raster): Float32Array =>
  raster.channels === 3 ? lumaPlane([0, 1, 2].map((channel) => channelOf(raster, channel))) : raster.data;

/** The reduced pixels at least half of which is known: 1; null when all of the photograph is. */
function countedPixels({ unknown, width, height }: Raster, size: Size): Uint8Array | null {
  if (!unknown) return null;
  const known = createRaster({
    width,
    height,
    channels: 1,
    data: Float32Array.from(unknown, (no) => 1 - no),
  });
  return Uint8Array.from(reducedByMeans(known, size).data, (share) => (share < 0.5 ? 0 : 1));
}
