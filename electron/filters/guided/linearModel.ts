import type { Size } from '../../contract/geometry';
import { CoefficientWindow } from './coefficientWindow';
import { sweepColour } from './colourSweep';
import { sweepGrey } from './greySweep';

export interface ModelInput extends Size {
  /** One or three planes, values 0…1. */
  readonly guidance: Float32Array;
  readonly guidanceChannels: 1 | 3;
  /** One plane, best within about 0…1. */
  readonly target: Float32Array;
  /** Windows are squares of side 2·radius + 1, clipped at the border. At least 1. */
  readonly radius: number;
  /** Added to the variance of the guidance. */
  readonly epsilon: number;
}

/**
 * The guided filter's local linear model (He, Sun & Tang 2013, eqs. 5, 6, 8; in colour eqs. 19–21): for every pixel the
 * mean slopes and the mean intercept of all windows that cover it, row by row from the top. `emit` gets them
 * interleaved: two values a pixel for a grey guidance, four for a coloured one; the array is reused.
 *
 * Cost per pixel does not depend on the radius. Sums run in float64 along columns and rows; of all intermediate
 * planes only column sums and 2·radius + 1 rows of coefficients exist, so that they stay in the cache.
 */
export function linearModel(input: ModelInput, emit: (row: number, means: Float64Array) => void): void {
  const { width, height, radius, guidance, target, epsilon } = input;
  const colour = input.guidanceChannels === 3;
  const window = new CoefficientWindow(width, height, radius, colour ? 4 : 2, emit);
  const pixels = width * height;
  const sums = new Float64Array(width * (colour ? 13 : 4));
  const outside = new Float32Array(width * input.guidanceChannels);
  const sweep = colour ? sweepColour : sweepGrey;
  for (let y = -radius; y < height; y += 1) {
    const enters = y + radius;
    const leaves = y - radius - 1;
    const entering = enters < height;
    const leaving = leaves >= 0;
    sweep(
      {
        entering: entering
          ? { guidance, start: enters * width, stride: pixels, target, targetStart: enters * width }
          : { guidance: outside, start: 0, stride: width, target: outside, targetStart: 0 },
        leaving: leaving
          ? { guidance, start: leaves * width, stride: pixels, target, targetStart: leaves * width }
          : { guidance: outside, start: 0, stride: width, target: outside, targetStart: 0 },
        width,
        radius,
        rows: y < 0 ? 0 : Math.min(height, enters + 1) - Math.max(0, leaves + 1),
        epsilon,
      },
      sums,
      window.next,
    );
    if (y >= 0) window.push(y);
  }
}
