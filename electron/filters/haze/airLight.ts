import type { Size } from '../../contract/geometry';
import { leastAround } from './leastAround';
import { selected } from './quantile';

export type Colour = readonly [number, number, number];

/** Reach of a pixel's dark channel as a share of the picture's shorter side: the paper's 15 × 15 pixels at 600 × 400. */
const reachShare = 7 / 400;

/** Pixels whose mean is the air-light: those of the highest dark channel. */
const pixelShare = 0.001;

/**
 * Light that haze alone would send, by the dark channel (He, Sun and Tang 2009): where even the darkest channel of the darkest
 * pixel around is bright, there is little but haze. The mean of those pixels is taken, where the paper takes the brightest one,
 * so that neither noise nor a lamp decides; pixels as high as the last of them count as well.
 * @param planes red, green, blue, 0…1
 */
export function airLightOf(planes: readonly Float32Array[], size: Size): Colour {
  const dark = darkChannel(planes, size);
  const count = Math.max(1, Math.floor(dark.length * pixelShare));
  const least = selected(dark.slice(), dark.length - count);
  const sums = [0, 0, 0];
  let members = 0;
  for (let i = 0; i < dark.length; i += 1) {
    if (dark[i]! < least) continue;
    members += 1;
    for (let c = 0; c < 3; c += 1) sums[c]! += planes[c]![i]!;
  }
  return [sums[0]! / members, sums[1]! / members, sums[2]! / members];
}

/** Least value of all channels in the square around every pixel, clipped at the border. */
function darkChannel([red, green, blue]: readonly Float32Array[], { width, height }: Size): Float32Array {
  const reach = Math.floor(Math.min(width, height) * reachShare + 0.5);
  const plane = red!.map((value, i) => Math.min(value, green![i]!, blue![i]!));
  leastAround(plane, { width, height }, reach);
  return plane;
}
