import type { Size } from '../../contract/geometry';
import type { FilterRuntime } from '../filter';
import { logAffinities, logarithms } from '../variation/logAffinities';

/** A plane of lightness, 0…1, and the two smoother versions that split it into fine detail, medium detail and base. */
export interface Levels {
  readonly lightness: Float32Array;
  readonly smooth: Float32Array;
  readonly smoother: Float32Array;
}

export interface Smoothing {
  /** Weights of the two smoothings. */
  readonly fine: number;
  readonly medium: number;
  /** Power of the differences of log lightness. */
  readonly alpha: number;
}

/** Both smoothings are of the lightness itself (Farbman et al. 2008, section 3.1, the variant without iteration). */
export async function decompose(
  lightness: Float32Array,
  size: Size,
  { fine, medium, alpha }: Smoothing,
  { signal, progress }: FilterRuntime,
): Promise<Levels> {
  const logs = logarithms(lightness);
  const smoothed = async (lambda: number, from: Float32Array) => {
    const plane = from.slice();
    await logAffinities(logs, size, { lambda, alpha }).solve(lightness, plane, signal);
    return plane;
  };
  const smooth = await smoothed(fine, lightness);
  progress?.(0.35);
  const smoother = await smoothed(medium, smooth);
  progress?.(0.85);
  return { lightness, smooth, smoother };
}
