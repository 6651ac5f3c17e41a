import type { Span } from './samples';

/** Along one axis: the target pixels around every pixel of a region, and their Gaussian weights. */
export interface SpatialWeights {
  /** Where every pixel of the region lies among the target's pixel centres. */
  readonly positions: Float64Array;
  /** `taps` a pixel: those of the target pixels from `firsts` on. */
  readonly weights: Float64Array;
  readonly firsts: Int32Array;
  readonly taps: number;
}

/**
 * @param factor result pixels per target pixel
 * @param radius @param sigma in target pixels
 */
export function spatialWeights(
  region: { readonly start: number; readonly length: number },
  factor: number,
  radius: number,
  sigma: number,
): SpatialWeights {
  const taps = 2 * radius + 1;
  const positions = new Float64Array(region.length);
  const firsts = new Int32Array(region.length);
  const weights = new Float64Array(region.length * taps);
  for (let i = 0; i < region.length; i += 1) {
    const position = (region.start + i + 0.5) / factor - 0.5;
    const first = Math.ceil(position - radius);
    positions[i] = position;
    firsts[i] = first;
    for (let tap = 0; tap < taps; tap += 1) {
      const distance = (first + tap - position) / sigma;
      weights[i * taps + tap] = Math.exp(-0.5 * distance * distance);
    }
  }
  return { positions, weights, firsts, taps };
}

/** The samples no farther than `reach` from a position: from the first to before the end, within those there are. */
export const firstWithin = (position: number, reach: number, { first }: Span): number =>
  Math.max(first, Math.ceil(position - reach));
export const endWithin = (position: number, reach: number, { first, count }: Span): number =>
  Math.min(first + count, Math.floor(position + reach) + 1);
