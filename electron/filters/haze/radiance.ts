import type { Colour } from './airLight';
import { selectQuantile } from './quantile';

/** Shares of the samples that may become black and white when contrast is stretched. */
const clippedShares = [0.005, 0.995] as const;

/** How far a channel's limits are its own and not those of all channels together: colours are to stay. */
const ownShare = 0.2;

/** No channel is stretched more than this upper limit says, however dark it is. */
const leastWhite = 0.2;

/**
 * The scene without haze, J = (I − A) / t + (1 + kept) · A (Berman et al. 2016, equation 16, with some air-light left).
 * @param planes red, green, blue, to the power `gamma`; 0…1
 * @param transmission above 0
 * @returns to the power of 1 / `gamma` again, 0…1
 */
export const sceneRadiance = (
  planes: readonly Float32Array[],
  airLight: Colour,
  transmission: Float32Array,
  { kept, gamma }: { readonly kept: number; readonly gamma: number },
): Float32Array[] =>
  planes.map((plane, c) => {
    const air = airLight[c]!;
    return plane.map((value, i) => {
      const light = Math.min(1, Math.max(0, (value - air) / transmission[i]! + (1 + kept) * air));
      return gamma === 1 ? light : light ** (1 / gamma);
    });
  });

/**
 * Stretches contrast as the authors' published code does: the whole to 0…1, then every channel between its quantiles, which
 * are drawn towards those of all channels.
 */
export function stretchContrast(planes: readonly Float32Array[]): Float32Array[] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const plane of planes) {
    for (let i = 0; i < plane.length; i += 1) {
      least = Math.min(least, plane[i]!);
      most = Math.max(most, plane[i]!);
    }
  }
  if (!(most > least)) return planes.map((plane) => plane.slice());
  const quantiles = quantilesOf(planes);
  const limits = clippedShares.map((_, k) =>
    quantiles.map((values) => (values[k]! - least) / (most - least)),
  );
  const black = drawn(limits[0]!, Math.min);
  const white = drawn(
    limits[1]!.map((limit) => Math.max(leastWhite, limit)),
    Math.max,
  );
  return planes.map((plane, c) =>
    plane.map((value) => {
      const share = (value - least) / (most - least);
      return Math.min(1, Math.max(0, (share - black[c]!) / (white[c]! - black[c]!)));
    }),
  );
}

/** Of every plane, what the clipped shares lie below; one plane's room is enough for all. */
function quantilesOf(planes: readonly Float32Array[]): number[][] {
  const samples = new Float32Array(planes[0]!.length);
  return planes.map((plane) => {
    samples.set(plane);
    return clippedShares.map((share) => selectQuantile(samples, share));
  });
}

/** Every limit, towards the mean of all where that clips less. */
function drawn(limits: readonly number[], outer: (a: number, b: number) => number): number[] {
  const mean = limits.reduce((sum, limit) => sum + limit, 0) / limits.length;
  return limits.map((limit) => ownShare * limit + (1 - ownShare) * outer(limit, mean));
}
