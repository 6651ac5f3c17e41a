import { lumaOf } from '../tone/luma';

/** Difference of the largest and the smallest channel at which a pixel counts a quarter of what a grey one does. */
const greyness = 0.06;
/** Neutral pixels that are assumed beside those of the picture, as a share of them: few near-grey pixels change little. */
const assumedNeutral = 0.05;
const rounds = 3;
/** Largest power, and the inverse of the least. */
const strongest = 1.15;

type Triple = readonly [number, number, number];

/**
 * Powers of the channels that make a picture's near-grey pixels grey on the average. The grey world restricted to grey points
 * and repeated is that of J. Huo et al., Robust Automatic White Balance Algorithm Using Gray Color Points in Images, IEEE
 * Trans. Consumer Electronics 2006; here points have weights (S. Geman, D. McClure 1987) in place of a threshold, and powers
 * in place of factors leave black and white what they are.
 * @param planes sRGB values, 0…1
 */
export function castPowers(planes: readonly Float32Array[]): Triple {
  let powers: Triple = [1, 1, 1];
  for (let round = 0; round < rounds; round += 1) {
    const mean = meanOfGrey(planes, powers);
    const neutral = logarithm(lumaOf(...mean));
    powers = triple((c) =>
      Math.min(strongest, Math.max(1 / strongest, (powers[c]! * neutral) / logarithm(mean[c]!))),
    );
  }
  return powers;
}

/** Mean of the near-grey pixels after the powers, and of the assumed neutral ones. Middle tones count most, black and white nothing. */
function meanOfGrey(planes: readonly Float32Array[], powers: Triple): Triple {
  const [reds, greens, blues] = planes as [Float32Array, Float32Array, Float32Array];
  let [total, red, green, blue] = [0, 0, 0, 0];
  for (let i = 0; i < reds.length; i += 1) {
    const [r, g, b] = [
      raised(reds[i]!, powers[0]),
      raised(greens[i]!, powers[1]),
      raised(blues[i]!, powers[2]),
    ];
    const luma = lumaOf(r, g, b);
    const spread = (Math.max(r, g, b) - Math.min(r, g, b)) / greyness;
    const weight = (4 * luma * (1 - luma)) / (1 + spread * spread) ** 2;
    total += weight;
    red += weight * r;
    green += weight * g;
    blue += weight * b;
  }
  const sums: Triple = [red, green, blue];
  const assumed = assumedNeutral * reds.length;
  const neutral = lumaOf(...sums) / Math.max(1e-12, total);
  return triple((c) => (sums[c]! + assumed * neutral) / (total + assumed));
}

/** In the first round there is nothing to compute yet. */
const raised = (value: number, power: number) => (power === 1 ? value : value ** power);

const triple = (of: (channel: number) => number): Triple => [of(0), of(1), of(2)];

const logarithm = (value: number) => Math.log(Math.min(0.999, Math.max(1e-3, value)));
