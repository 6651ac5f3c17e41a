import type { Range } from '../../contract/geometry';
import { channelOf, type Raster } from '../../raster/raster';
import { type ColourTransform, readColourTransform } from './iccProfile';
import { levelsOver } from './levels';
import { opaque } from './pixel';
import { encodedSrgb } from './srgb';

/** Three planes, in one pass and without a call a pixel: a visible megapixel is shown again with every movement. */
type Planes = readonly [Float32Array, Float32Array, Float32Array];

/** Three channels over a range, from their colour profile to sRGB; without one that can be read they are sRGB. */
export function paintColours(raster: Raster, range: Range, pixels: Uint32Array): void {
  const planes: Planes = [channelOf(raster, 0), channelOf(raster, 1), channelOf(raster, 2)];
  const transform = raster.icc && transformOf(raster.icc);
  if (transform) paintProfile(planes, range, transform, pixels);
  else paintSrgb(planes, range, pixels);
}

function paintSrgb([red, green, blue]: Planes, range: Range, pixels: Uint32Array): void {
  const { from, scale, shift } = levelsOver(range, 255);
  for (let i = 0; i < pixels.length; i += 1) {
    const r = (red[i]! - from) * scale + shift;
    const g = (green[i]! - from) * scale + shift;
    const b = (blue[i]! - from) * scale + shift;
    pixels[i] =
      opaque |
      ((b > 0 ? (b < 255 ? (b + 0.5) | 0 : 255) : 0) << 16) |
      ((g > 0 ? (g < 255 ? (g + 0.5) | 0 : 255) : 0) << 8) |
      (r > 0 ? (r < 255 ? (r + 0.5) | 0 : 255) : 0);
  }
}

/** Colours outside sRGB are clipped channel by channel. */
function paintProfile(
  [red, green, blue]: Planes,
  range: Range,
  { curves: [redCurve, greenCurve, blueCurve], matrix }: ColourTransform,
  pixels: Uint32Array,
): void {
  const last = redCurve.length - 1;
  const { from, scale, shift } = levelsOver(range, last);
  const top = encodedSrgb.length - 1;
  // To steps of the encoding at once.
  const [rr = 0, rg = 0, rb = 0, gr = 0, gg = 0, gb = 0, br = 0, bg = 0, bb = 0] = matrix.map(
    (weight) => weight * top,
  );
  for (let i = 0; i < pixels.length; i += 1) {
    const u = (red[i]! - from) * scale + shift;
    const v = (green[i]! - from) * scale + shift;
    const w = (blue[i]! - from) * scale + shift;
    const linearRed = redCurve[u > 0 ? (u < last ? (u + 0.5) | 0 : last) : 0]!;
    const linearGreen = greenCurve[v > 0 ? (v < last ? (v + 0.5) | 0 : last) : 0]!;
    const linearBlue = blueCurve[w > 0 ? (w < last ? (w + 0.5) | 0 : last) : 0]!;
    const r = rr * linearRed + rg * linearGreen + rb * linearBlue;
    const g = gr * linearRed + gg * linearGreen + gb * linearBlue;
    const b = br * linearRed + bg * linearGreen + bb * linearBlue;
    pixels[i] =
      opaque |
      (encodedSrgb[b > 0 ? (b < top ? (b + 0.5) | 0 : top) : 0]! << 16) |
      (encodedSrgb[g > 0 ? (g < top ? (g + 0.5) | 0 : top) : 0]! << 8) |
      encodedSrgb[r > 0 ? (r < top ? (r + 0.5) | 0 : top) : 0]!;
  }
}

/** Profiles are shared by all tiles of a source: each is read once. */
const transforms = new WeakMap<Uint8Array, { transform: ColourTransform | null }>();

function transformOf(icc: Uint8Array): ColourTransform | null {
  const known = transforms.get(icc) ?? { transform: readColourTransform(icc) };
  transforms.set(icc, known);
  return known.transform;
}
