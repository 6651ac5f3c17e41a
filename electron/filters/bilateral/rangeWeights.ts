/** Bins a unit of exponent: between two of them exp(-u) bends so little that a weight is off by less than 2e-6 of itself. */
const binsPerUnit = 256;

/** Beyond this exponent a weight counts as zero: it is below 2e-14. */
const largestExponent = 32;

/**
 * Gaussian weights of guidance differences as a table over the squared difference, which costs no root and no
 * exponential a sample. A squared difference d has its weight exp(-d / 2σ²) between `values[i]` and `values[i + 1]` for
 * i = floor(d · scale), at the fraction that is left; from `bins` on it is 0.
 */
export interface RangeWeights {
  readonly values: Float64Array;
  readonly bins: number;
  readonly scale: number;
}

/** @param sigma standard deviation of the guidance's values, scaled to 0…1 */
export function rangeWeights(sigma: number): RangeWeights {
  const bins = largestExponent * binsPerUnit;
  const values = Float64Array.from({ length: bins + 1 }, (_, i) => Math.exp(-i / binsPerUnit));
  return { values, bins, scale: binsPerUnit / (2 * sigma * sigma) };
}
