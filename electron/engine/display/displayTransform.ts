import type { Display, RampColormap } from '../../contract/display';
import { labelColour } from '../../contract/labelColours';
import { channelOf, type Raster } from '../../raster/raster';
import { colormapTables } from './colormaps';
import { type ColourTransform, readColourTransform } from './iccProfile';
import { writeSrgb } from './srgb';

/** Colours that no colormap here contains, for values below and above the range. */
const belowRange = [48, 96, 255] as const;
const aboveRange = [255, 0, 220] as const;

/**
 * Straight RGBA, 8 bits, row by row: one channel through a colormap over an explicit range, or each label in its
 * colour, three through their colour profile to sRGB. Unknown pixels get alpha 0.
 */
export function displayRaster(raster: Raster, display: Display): Uint8Array<ArrayBuffer> {
  const rgba = new Uint8Array(raster.width * raster.height * 4);
  const { colormap } = display;
  if (raster.channels === 3) paintColours(raster, display, rgba);
  else if (colormap === 'labels') paintLabels(raster, rgba);
  else paintMap(raster, { ...display, colormap }, rgba);
  const { alpha, unknown } = raster;
  for (let i = 0; i < raster.width * raster.height; i += 1) {
    rgba[i * 4 + 3] = unknown?.[i] ? 0 : alpha ? Math.round(alpha[i]! * 255) : 255;
  }
  return rgba;
}

/** A range without extent shows everything in its middle. */
function unitScale({ min, max }: Display['range']): (value: number) => number {
  if (!(max > min)) return () => 0.5;
  const scale = 1 / (max - min);
  return (value) => (value - min) * scale;
}

const clamped = (share: number) => Math.min(1, Math.max(0, share));

function paintLabels({ data }: Raster, rgba: Uint8Array): void {
  const colours = new Map<number, readonly number[]>();
  for (let i = 0; i < data.length; i += 1) {
    const label = data[i]!;
    const colour = colours.get(label) ?? labelColour(label);
    colours.set(label, colour);
    rgba.set(colour, i * 4);
  }
}

type Ramp = Display & { readonly colormap: RampColormap };

function paintMap(raster: Raster, { colormap, range, markSaturated }: Ramp, rgba: Uint8Array): void {
  const table = colormapTables[colormap];
  const last = table.length / 3 - 1;
  const scaled = unitScale(range);
  for (let i = 0, at = 0; i < raster.data.length; i += 1, at += 4) {
    const share = scaled(raster.data[i]!);
    if (markSaturated && (share < 0 || share > 1)) {
      rgba.set(share < 0 ? belowRange : aboveRange, at);
      continue;
    }
    const entry = Math.round(clamped(share) * last) * 3;
    rgba[at] = table[entry]!;
    rgba[at + 1] = table[entry + 1]!;
    rgba[at + 2] = table[entry + 2]!;
  }
}

function paintColours(raster: Raster, { range, markSaturated }: Display, rgba: Uint8Array): void {
  const [red, green, blue] = [0, 1, 2].map((channel) => channelOf(raster, channel)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const transform = raster.icc && transformOf(raster.icc);
  if (!transform && !markSaturated) {
    for (const [channel, plane] of [red, green, blue].entries()) paintPlane(plane, range, rgba, channel);
    return;
  }
  const scaled = unitScale(range);
  for (let i = 0, at = 0; i < red.length; i += 1, at += 4) {
    const r = scaled(red[i]!);
    const g = scaled(green[i]!);
    const b = scaled(blue[i]!);
    if (markSaturated && Math.max(r, g, b) > 1) rgba.set(aboveRange, at);
    else if (markSaturated && Math.min(r, g, b) < 0) rgba.set(belowRange, at);
    else if (transform) writeSrgb(transform, clamped(r), clamped(g), clamped(b), rgba, at);
    else {
      rgba[at] = Math.round(clamped(r) * 255);
      rgba[at + 1] = Math.round(clamped(g) * 255);
      rgba[at + 2] = Math.round(clamped(b) * 255);
    }
  }
}

/** One channel of sRGB: what most pictures are shown with most of the time, and nothing else in the loop. */
function paintPlane(plane: Float32Array, { min, max }: Display['range'], rgba: Uint8Array, channel: number) {
  const [scale, shift] = max > min ? [255 / (max - min), 0] : [0, 127.5];
  for (let i = 0, at = channel; i < plane.length; i += 1, at += 4) {
    const level = (plane[i]! - min) * scale + shift;
    rgba[at] = level > 0 ? (level < 255 ? (level + 0.5) | 0 : 255) : 0;
  }
}

/** Profiles are shared by all tiles of a source: each is read once. */
const transforms = new WeakMap<Uint8Array, { transform: ColourTransform | null }>();

function transformOf(icc: Uint8Array): ColourTransform | null {
  const known = transforms.get(icc) ?? { transform: readColourTransform(icc) };
  transforms.set(icc, known);
  return known.transform;
}
