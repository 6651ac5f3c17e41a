import type { Size } from '../../contract/geometry';
import { GridSystem } from '../variation/gridSystem';
import type { Colour } from './airLight';
import type { HazeLines } from './hazeLines';

/** Lines of fewer pixels count less, in proportion. */
const fullCount = 50;

/** Radii that deviate less say nothing, even if those of the other lines deviate less still; a share of the range. */
const leastDeviation = 0.01;

/** Keeps pixels of lines that say nothing from leaving the system. */
const leastReliability = 0.001;

/** What lets light through everywhere: the share that reaches the camera, as the haze-lines say it, and how far they are to be trusted. */
export interface Estimate {
  readonly transmission: Float32Array;
  readonly reliability: Float32Array;
}

/** How an estimate is made smooth. */
interface Smoothing {
  /** Weight of a smooth transmission. */
  readonly lambda: number;
  /** Difference of neighbours' colours that counts as none: it keeps the weight between equal ones finite; a share of the range. */
  readonly flatness: number;
  /** The least transmission of the result. */
  readonly least: number;
}

/**
 * The radius as a share of the line's largest one, and not so little that the scene would be darker than black
 * (Berman et al. 2016, equations 12 to 14).
 * @param planes red, green, blue in which the haze-lines were found
 * @param least transmission that is not to be divided by less: haze counts as opaque there
 */
export function estimatedTransmission(
  planes: readonly Float32Array[],
  airLight: Colour,
  lines: HazeLines,
  least: number,
): Estimate {
  const { radius, line, largest } = lines;
  const ofLine = reliabilities(lines);
  const transmission = new Float32Array(radius.length);
  const reliability = new Float32Array(radius.length);
  for (let i = 0; i < radius.length; i += 1) {
    const l = line[i]!;
    let darkest = Number.POSITIVE_INFINITY;
    for (let c = 0; c < 3; c += 1) darkest = Math.min(darkest, planes[c]![i]! / Math.max(1e-6, airLight[c]!));
    const share = Math.max(least, radius[i]! / Math.max(1e-6, largest[l]!));
    transmission[i] = Math.min(1, Math.max(share, 1 - darkest));
    reliability[i] = ofLine[l]!;
  }
  return { transmission, reliability };
}

/**
 * A line is to be trusted when its pixels are in different haze, so that its radii differ: in proportion to their standard
 * deviation from 0.1 to 0.43 of the greatest one, as in the authors' published code.
 */
function reliabilities({ count, deviation }: HazeLines): Float32Array {
  const share = (l: number) => Math.min(1, count[l]! / fullCount);
  const greatest = deviation.reduce((most, value, l) => Math.max(most, value * share(l)), leastDeviation);
  return deviation.map((value, l) => {
    const spread = Math.min(1, 3 * (value / greatest - 0.1));
    return Math.max(leastReliability, share(l) * spread);
  });
}

/**
 * The transmission that is smooth except where colours change (equation 15): it minimises
 * Σ reliability · (t − estimate)² + λ Σ (t − t')² / (|I − I'|² + flatness²) over neighbours.
 * @param planes red, green, blue of the picture, 0…1
 * @returns values from `least` to 1
 */
export async function smoothTransmission(
  planes: readonly Float32Array[],
  size: Size,
  { transmission, reliability }: Estimate,
  { lambda, flatness, least }: Smoothing,
  signal: AbortSignal,
): Promise<Float32Array> {
  const system = colourAffinities(planes, size, lambda, flatness);
  system.data!.set(reliability);
  const smooth = transmission.slice();
  const weighted = transmission.map((value, i) => value * reliability[i]!);
  await system.solve(weighted, smooth, signal);
  return smooth.map((value) => Math.min(1, Math.max(least, value)));
}

function colourAffinities(
  planes: readonly Float32Array[],
  { width, height }: Size,
  lambda: number,
  flatness: number,
): GridSystem {
  const system = new GridSystem({ width, height }, true);
  const { right, below } = system;
  const affinity = (i: number, j: number) => {
    let square = 0;
    for (const plane of planes) square += (plane[i]! - plane[j]!) ** 2;
    return lambda / (square + flatness ** 2);
  };
  for (let y = 0, i = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, i += 1) {
      if (x + 1 < width) right[i] = affinity(i, i + 1);
      if (y + 1 < height) below[i] = affinity(i, i + width);
    }
  }
  return system;
}
