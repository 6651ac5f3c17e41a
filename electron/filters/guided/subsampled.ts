import type { Size } from '../../contract/geometry';
import { linearModel } from './linearModel';
import type { EmitRow, ModelInput } from './model';

/**
 * The fast guided filter (He & Sun 2015): the linear model is computed on inputs reduced `subsampling` times (means of
 * blocks, of what there is of them at the right and bottom edge) with the radius divided likewise (at least 1); its
 * means are enlarged bilinearly with half-pixel centres. `emit` as in `linearModel`, on the full grid.
 */
export function subsampledModel(input: ModelInput, subsampling: number, emit: EmitRow): void {
  const { width, height } = input;
  const small = { width: Math.ceil(width / subsampling), height: Math.ceil(height / subsampling) };
  const terms = input.guidanceChannels + 1;
  const means = new Float64Array(small.width * small.height * terms);
  linearModel(
    {
      ...input,
      ...small,
      guidance: reduced(input.guidance, input, small, subsampling, input.guidanceChannels),
      target: reduced(input.target, input, small, subsampling, 1),
      radius: smallRadius(input.radius, subsampling),
    },
    (row, values) => means.set(values, row * values.length),
  );
  const enlarged = new Float64Array(width * terms);
  const blended = new Float64Array(small.width * terms);
  for (let y = 0; y < height; y += 1) {
    const { low, high, share } = between(y, subsampling, small.height);
    const upper = low * blended.length;
    const lower = high * blended.length;
    for (let i = 0; i < blended.length; i += 1) {
      blended[i] = means[upper + i]! + share * (means[lower + i]! - means[upper + i]!);
    }
    enlargeRow(blended, enlarged, small.width, subsampling, terms);
    emit(y, enlarged);
  }
}

/** Radius on the reduced grid. */
export const smallRadius = (radius: number, subsampling: number) =>
  Math.max(1, Math.round(radius / subsampling));

function enlargeRow(
  row: Float64Array,
  enlarged: Float64Array,
  smallWidth: number,
  factor: number,
  terms: number,
): void {
  const width = enlarged.length / terms;
  for (let x = 0; x < width; x += 1) {
    const { low, high, share } = between(x, factor, smallWidth);
    for (let term = 0; term < terms; term += 1) {
      const left = row[low * terms + term]!;
      enlarged[x * terms + term] = left + share * (row[high * terms + term]! - left);
    }
  }
}

/** The reduced samples on both sides of a full pixel's centre, and how far it is from the first to the second. */
function between(index: number, factor: number, length: number) {
  const position = Math.min(length - 1, Math.max(0, (index + 0.5) / factor - 0.5));
  const low = Math.floor(position);
  return { low, high: Math.min(length - 1, low + 1), share: position - low };
}

function reduced(
  samples: Float32Array,
  size: Size,
  small: Size,
  factor: number,
  channels: number,
): Float32Array {
  const out = new Float32Array(small.width * small.height * channels);
  const sums = new Float64Array(small.width);
  for (let channel = 0; channel < channels; channel += 1) {
    const plane = channel * size.width * size.height;
    for (let row = 0; row < small.height; row += 1) {
      sums.fill(0);
      const top = row * factor;
      const bottom = Math.min(size.height, top + factor);
      for (let y = top; y < bottom; y += 1) {
        for (let x = 0; x < small.width; x += 1) {
          const end = Math.min(size.width, (x + 1) * factor);
          let sum = 0;
          for (let i = x * factor; i < end; i += 1) sum += samples[plane + y * size.width + i]!;
          sums[x]! += sum;
        }
      }
      const to = (channel * small.height + row) * small.width;
      for (let x = 0; x < small.width; x += 1) {
        const columns = Math.min(size.width, (x + 1) * factor) - x * factor;
        out[to + x] = sums[x]! / (columns * (bottom - top));
      }
    }
  }
  return out;
}
