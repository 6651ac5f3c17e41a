import type { Size } from '../../contract/geometry';
import { CoefficientWindow } from './coefficientWindow';
import { colourKernel } from './colourKernel';
import { greyKernel } from './greyKernel';
import type { InputRow } from './windowKernel';

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
  const { width, height, radius, epsilon } = input;
  const kernel = input.guidanceChannels === 3 ? colourKernel : greyKernel;
  const window = new CoefficientWindow(width, height, radius, kernel.terms, emit);
  const sums = new Float64Array(width * kernel.sums);
  const zeros = new Float32Array(width * input.guidanceChannels);
  const outside = { guidance: zeros, start: 0, stride: width, target: zeros, targetStart: 0 };
  const row = (y: number): InputRow =>
    y < 0 || y >= height
      ? outside
      : {
          guidance: input.guidance,
          start: y * width,
          stride: width * height,
          target: input.target,
          targetStart: y * width,
        };
  for (let y = 0; y < Math.min(radius, height); y += 1) kernel.addRow(row(y), width, sums);
  for (let y = 0; y < height; y += 1) {
    const rows = Math.min(height, y + radius + 1) - Math.max(0, y - radius);
    const step = { entering: row(y + radius), leaving: row(y - radius - 1), width, radius, rows, epsilon };
    kernel.step(step, sums, window.next);
    window.push(y);
  }
}
