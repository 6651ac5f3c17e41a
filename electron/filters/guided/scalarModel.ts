import { CoefficientWindow } from './coefficientWindow';
import { colourKernel } from './colourKernel';
import { greyKernel } from './greyKernel';
import type { EmitRow, ModelInput } from './model';
import type { InputRow } from './windowKernel';

/**
 * `linearModel` in plain TypeScript, for every kind of guidance and every processor. Sums run in float64 along columns
 * and rows; of all intermediate planes only column sums and 2·radius + 1 rows of coefficients exist, so that they stay
 * in the cache.
 */
export function scalarModel(input: ModelInput, emit: EmitRow): void {
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
