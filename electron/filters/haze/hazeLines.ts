import type { Colour } from './airLight';
import { directionCount, directionLookup } from './directions';
import { quantile } from './quantile';

/** Pixels of one colour in different haze: they lie on a line through the air-light. */
export interface HazeLines {
  /** Distance of every pixel's colour from the air-light. */
  readonly radius: Float32Array;
  /** The line that every pixel is on. */
  readonly line: Uint16Array;
  /** Of every line: its pixels, the radius that counts as free of haze, the radii's standard deviation. */
  readonly count: Uint32Array;
  readonly largest: Float32Array;
  readonly deviation: Float32Array;
}

/**
 * The share of a line's pixels that are nearer to the air-light than a pixel without haze. The paper takes the largest radius;
 * the highest ones of many pixels are noise.
 */
const clearShare = 0.99;

/** Groups pixels by the direction of their colour as seen from the air-light (Berman et al. 2016, sections 3 and 4.1). */
export function hazeLinesOf([red, green, blue]: readonly Float32Array[], airLight: Colour): HazeLines {
  const pixels = red!.length;
  const radius = new Float32Array(pixels);
  const line = new Uint16Array(pixels);
  const count = new Uint32Array(directionCount);
  const lookup = directionLookup();
  for (let i = 0; i < pixels; i += 1) {
    const [x, y, z] = [red![i]! - airLight[0], green![i]! - airLight[1], blue![i]! - airLight[2]];
    radius[i] = Math.sqrt(x * x + y * y + z * z);
    line[i] = radius[i]! > 0 ? lookup(x, y, z) : 0;
    count[line[i]!]! += 1;
  }
  return { radius, line, count, ...statistics(radius, line, count) };
}

function statistics(
  radius: Float32Array,
  line: Uint16Array,
  count: Uint32Array,
): Pick<HazeLines, 'largest' | 'deviation'> {
  const ends = new Uint32Array(count.length);
  for (let l = 1; l < count.length; l += 1) ends[l] = ends[l - 1]! + count[l - 1]!;
  const grouped = new Float32Array(radius.length);
  for (let i = 0; i < radius.length; i += 1) {
    grouped[ends[line[i]!]!] = radius[i]!;
    ends[line[i]!]! += 1;
  }
  const largest = new Float32Array(count.length);
  const deviation = new Float32Array(count.length);
  for (let l = 0; l < count.length; l += 1) {
    if (count[l] === 0) continue;
    const members = grouped.subarray(ends[l]! - count[l]!, ends[l]).sort();
    largest[l] = quantile(members, clearShare);
    deviation[l] = standardDeviation(members);
  }
  return { largest, deviation };
}

/** 0 of a single sample. */
function standardDeviation(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample;
  const mean = sum / samples.length;
  let squares = 0;
  for (const sample of samples) squares += (sample - mean) ** 2;
  return Math.sqrt(squares / Math.max(1, samples.length - 1));
}
