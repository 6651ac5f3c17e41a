import type { Level } from '../laplacian/pyramid';
import { gradientAmplitudes } from './gradientAmplitudes';

/** What of a photograph is taken on. */
export interface Style {
  /** Quantiles of luma at equal steps of the share, from the least to the largest. */
  readonly intensities: Float64Array;
  /** Quantiles of the gradients' amplitudes at shares 1 − (1 − k)², k in equal steps: denser towards the strong ones. */
  readonly gradients: Float64Array;
}

/** As many as the looks have. */
const steps = Array.from({ length: 65 }, (_, k) => k / 64);

/**
 * The style of a picture, at the picture's own size: gradients are those between its pixels.
 * @param luma 0…1
 * @param counted 1 where a pixel counts; null when all do
 * @returns null when no pixel counts that has a right and a lower neighbour that count
 */
export function styleOf(luma: Level, counted: Uint8Array | null): Style | null {
  const { width } = luma;
  const counts = (i: number) => !counted || counted[i] === 1;
  const amplitudes = gradientAmplitudes(luma).filter((_, gradient) => {
    const i = gradient + Math.floor(gradient / (width - 1));
    return counts(i) && counts(i + 1) && counts(i + width);
  });
  if (amplitudes.length === 0) return null;
  const intensities = luma.data.filter((_, i) => counts(i));
  return {
    intensities: quantiles(intensities, steps),
    gradients: quantiles(
      amplitudes,
      steps.map((k) => 1 - (1 - k) ** 2),
    ),
  };
}

/** Linear between values in order. */
function quantiles(values: Float32Array, shares: readonly number[]): Float64Array {
  const sorted = values.toSorted();
  const last = sorted.length - 1;
  return Float64Array.from(shares, (share) => {
    const first = Math.floor(share * last);
    const [low, high] = [sorted[first]!, sorted[Math.min(last, first + 1)]!];
    return low + (share * last - first) * (high - low);
  });
}
