import type { Rect, Size } from '../../contract/geometry';
import { linearModel } from './linearModel';
import type { ModelInput } from './model';

/** The guided filter's mean coefficients on a small grid: A and b of Wu et al., interleaved, the slopes first. */
export interface LowResolutionModel extends Size {
  readonly terms: 2 | 4;
  readonly coefficients: Float32Array;
}

/** The linear model that makes a small target of a small guidance. */
export function lowResolutionModel(input: ModelInput): LowResolutionModel {
  const { width, height } = input;
  const terms = input.guidanceChannels === 3 ? 4 : 2;
  const coefficients = new Float32Array(width * height * terms);
  linearModel(input, (row, means) => coefficients.set(means, row * means.length));
  return { width, height, terms, coefficients };
}

/**
 * The guided filtering layer's last step (Wu et al. 2019, eq. 2): A and b enlarged bilinearly to the whole picture, with
 * half-pixel centres, and A · I + b over one region of it.
 * @param guidance `terms − 1` planes of the region's size, on the scale of the model's guidance
 * @param out one plane of the region's size
 */
export function applyLowResolutionModel(
  model: LowResolutionModel,
  guidance: readonly Float32Array[],
  region: Rect,
  whole: Size,
  out: Float32Array,
): void {
  const { width, height, terms, coefficients } = model;
  const columns = Array.from({ length: region.width }, (_, x) => between(region.x + x, whole.width, width));
  const stride = width * terms;
  const line = new Float64Array(stride);
  for (let y = 0; y < region.height; y += 1) {
    const { low, high, share } = between(region.y + y, whole.height, height);
    for (let i = 0; i < stride; i += 1) {
      const above = coefficients[low * stride + i]!;
      line[i] = above + share * (coefficients[high * stride + i]! - above);
    }
    for (let x = 0; x < region.width; x += 1) {
      const column = columns[x]!;
      const at = y * region.width + x;
      let sum = 0;
      for (let term = 0; term < terms; term += 1) {
        const left = line[column.low * terms + term]!;
        const value = left + column.share * (line[column.high * terms + term]! - left);
        sum += term === terms - 1 ? value : value * guidance[term]![at]!;
      }
      out[at] = sum;
    }
  }
}

/** The small samples on both sides of a pixel's centre, and how far it is from the first to the second. */
function between(pixel: number, length: number, small: number) {
  const position = Math.min(small - 1, Math.max(0, ((pixel + 0.5) * small) / length - 0.5));
  const low = Math.floor(position);
  return { low, high: Math.min(small - 1, low + 1), share: position - low };
}
