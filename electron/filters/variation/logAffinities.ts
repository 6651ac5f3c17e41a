import type { Size } from '../../contract/geometry';
import { GridSystem } from './gridSystem';

/** Keeps the weight between equal neighbours finite (the paper's ε). */
const epsilon = 1e-4;

/** Keeps the logarithm of black finite. */
const darkest = 1e-4;

/** Logarithms in which `logAffinities` looks for edges; values below 0 count as black. */
export const logarithms = (plane: Float32Array): Float32Array =>
  plane.map((value) => Math.log(Math.max(0, value) + darkest));

/**
 * The system of weighted least squares smoothing (Farbman et al. 2008, equations 3 to 5): neighbours are held together by
 * λ / (|∂ log value|^α + ε).
 * @param logs natural logarithms of values about 0…1
 */
export function logAffinities(
  logs: Float32Array,
  { width, height }: Size,
  { lambda, alpha }: { readonly lambda: number; readonly alpha: number },
): GridSystem {
  const system = new GridSystem({ width, height });
  const { right, below } = system;
  const affinity = (a: number, b: number) => lambda / (Math.abs(a - b) ** alpha + epsilon);
  for (let y = 0, i = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, i += 1) {
      if (x + 1 < width) right[i] = affinity(logs[i]!, logs[i + 1]!);
      if (y + 1 < height) below[i] = affinity(logs[i]!, logs[i + width]!);
    }
  }
  return system;
}
