import type { NetworkTensor } from '../../filters/filter';
import type { Precision } from '../providers/provider';

/**
 * Largest difference from the processor that counts as the same result, as a share of the range: float32 is 1e-5 off at most,
 * float16, which serves previews, up to 1.3e-2 by rounding alone.
 */
export const tolerance: Readonly<Record<Precision, number>> = { float32: 1e-3, float16: 0.02 };

interface Difference {
  /** In units of the values. */
  readonly largest: number;
  /** The largest less the smallest of the expected values. */
  readonly extent: number;
}

/** Null when a value is not finite or the shapes differ. */
export function differenceFrom(expected: NetworkTensor, result: NetworkTensor): Difference | null {
  if (result.data.length !== expected.data.length) return null;
  let [largest, min, max] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < expected.data.length; i += 1) {
    const value = expected.data[i]!;
    const off = Math.abs(result.data[i]! - value);
    if (!Number.isFinite(off)) return null;
    largest = Math.max(largest, off);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { largest, extent: max - min };
}
