import type { Display } from '../../contract/display';
import { labelColour } from '../../contract/labelColours';
import { channelOf, type Raster } from '../../raster/raster';
import { colormapPixels } from './colormaps';
import { paintColours } from './colours';
import { levelsOver } from './levels';
import { pixelOf, withAlpha } from './pixel';

/** Colours that no colormap here contains, for values below and above the range. */
const belowRange = pixelOf([48, 96, 255]);
const aboveRange = pixelOf([255, 0, 220]);

/**
 * Straight RGBA, 8 bits, row by row: one channel through a colormap over an explicit range, or each label in its
 * colour, three through their colour profile to sRGB. Unknown pixels get alpha 0.
 */
export function displayRaster(raster: Raster, display: Display): Uint8Array<ArrayBuffer> {
  const pixels = new Uint32Array(raster.width * raster.height);
  const { colormap, range, markSaturated } = display;
  const isLabels = raster.channels === 1 && colormap === 'labels';
  if (raster.channels === 3) paintColours(raster, range, pixels);
  else if (colormap === 'labels') paintLabels(raster, pixels);
  else paintMap(raster, range, colormapPixels[colormap], pixels);
  if (markSaturated && !isLabels) markOutside(raster, range, pixels);
  if (raster.alpha || raster.unknown) makeTransparent(raster, pixels);
  return new Uint8Array(pixels.buffer);
}

function paintLabels({ data }: Raster, pixels: Uint32Array): void {
  const colours = new Map<number, number>();
  for (let i = 0; i < data.length; i += 1) {
    const label = data[i]!;
    const colour = colours.get(label) ?? pixelOf(labelColour(label));
    colours.set(label, colour);
    pixels[i] = colour;
  }
}

function paintMap({ data }: Raster, range: Display['range'], ramp: Uint32Array, pixels: Uint32Array): void {
  const last = ramp.length - 1;
  const { from, scale, shift } = levelsOver(range, last);
  for (let i = 0; i < data.length; i += 1) {
    const level = (data[i]! - from) * scale + shift;
    pixels[i] = ramp[level > 0 ? (level < last ? (level + 0.5) | 0 : last) : 0]!;
  }
}

/** A range without extent has no outside. */
function markOutside(raster: Raster, { min, max }: Display['range'], pixels: Uint32Array): void {
  if (!(max > min)) return;
  // Marked last, one channel that is too bright hides others that are too dark.
  const planes = Array.from({ length: raster.channels }, (_, channel) => channelOf(raster, channel));
  for (const plane of planes)
    for (let i = 0; i < plane.length; i += 1) if (plane[i]! < min) pixels[i] = belowRange;
  for (const plane of planes)
    for (let i = 0; i < plane.length; i += 1) if (plane[i]! > max) pixels[i] = aboveRange;
}

function makeTransparent({ alpha, unknown }: Raster, pixels: Uint32Array): void {
  for (let i = 0; i < pixels.length; i += 1) {
    const level = unknown?.[i] ? 0 : alpha ? Math.round(alpha[i]! * 255) : 255;
    pixels[i] = withAlpha(pixels[i]!, level);
  }
}
