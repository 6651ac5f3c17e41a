import type { LocalLaplacian } from '../laplacian/fastLocalLaplacian';
import type { Level } from '../laplacian/pyramid';
import { Distribution } from '../tone/distribution';
import { gradientAmplitudes } from './gradientAmplitudes';
import { oddCurve } from './oddCurve';

/** Of the curves: equal steps of intensity, or of the square root of a gradient's amplitude. */
const bins = 128;
/** An amplitude grows to no more than this multiple at once. */
const steepestGradients = 1.5;
/**
 * Differences that noise and steps of 8 bits make are not strengthened: those below the first not at all, those above the
 * second wholly (after Paris et al. 2011, whose limits for stronger detail are 0.01 and 0.02).
 */
const noise = { least: 0.02, most: 0.06 };

/**
 * The curve that gives values the reference's distribution (histogram matching), except that it is nowhere steeper than allowed:
 * what the steepest parts lose is shared by both ends, so that the mean is the reference's.
 * @param values 0…1
 * @param reference quantiles at equal steps of the share
 */
export function intensityCurve(
  values: Float32Array,
  reference: Float64Array,
  steepest: number,
): (value: number) => number {
  const distribution = new Distribution(values, bins);
  const matched = (edge: number) =>
    interpolated(reference, distribution.below(edge) * (reference.length - 1));
  const curve = [0];
  for (let edge = 1; edge <= bins; edge += 1)
    curve.push(curve[edge - 1]! + Math.min(steepest / bins, matched(edge) - matched(edge - 1)));
  let mean = 0;
  for (let edge = 1; edge <= bins; edge += 1) {
    const share = distribution.below(edge) - distribution.below(edge - 1);
    mean += (share * (curve[edge]! + curve[edge - 1]!)) / 2;
  }
  const shift = meanOf(reference) - mean;
  const shifted = Float64Array.from(curve, (value) => Math.min(1, Math.max(0, value + shift)));
  return (value) => interpolated(shifted, value * bins);
}

/**
 * The curve that gives gradients the reference's distribution of amplitudes, for differences of either sign.
 * @param reference quantiles as in `Style`
 * @param detail how many times weaker the picture's gradients count than they are
 * @returns writes what becomes of the differences of values from an intensity
 */
export function gradientCurve(
  picture: Level,
  reference: Float64Array,
  detail: number,
): LocalLaplacian['remap'] {
  const counted = gradientAmplitudes(picture).map((amplitude) => Math.sqrt(amplitude / detail));
  const distribution = new Distribution(counted, bins);
  const curve = Float64Array.from({ length: bins + 1 }, (_, edge) => {
    const given = (edge / bins) ** 2;
    const place = 1 - Math.sqrt(Math.max(0, 1 - distribution.below(edge)));
    const matched = interpolated(reference, place * (reference.length - 1));
    const wanted = Math.min(steepestGradients * given, matched);
    return Math.min(wanted, given) + Math.max(0, wanted - given) * smoothStep(given);
  });
  return oddCurve(curve);
}

function smoothStep(amplitude: number): number {
  const t = Math.min(1, Math.max(0, (amplitude - noise.least) / (noise.most - noise.least)));
  return t * t * (3 - 2 * t);
}

/** Between the values of a table, at a place from 0 to its last index; beyond, the value at the end. */
function interpolated(table: Float64Array, place: number): number {
  const last = table.length - 1;
  const inside = Math.min(last, Math.max(0, place));
  const first = inside < last ? Math.floor(inside) : last - 1;
  return table[first]! + (inside - first) * (table[first + 1]! - table[first]!);
}

/** Of the distribution that has these quantiles, linear between them. */
function meanOf(quantiles: Float64Array): number {
  const inner = quantiles.slice(1, -1).reduce((sum, value) => sum + value, 0);
  return (inner + (quantiles[0]! + quantiles.at(-1)!) / 2) / (quantiles.length - 1);
}
