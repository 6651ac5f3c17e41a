import type { Rect, Size } from '../../contract/geometry';
import { type LinearPlaces, linearPlaces } from '../../raster/linearPlaces';
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
  const columns = linearPlaces(region.x, region.width, whole.width, width);
  const rows = linearPlaces(region.y, region.height, whole.height, height);
  const stride = width * terms;
  const line = new Float64Array(stride);
  for (let y = 0; y < region.height; y += 1) {
    const [above, below, share] = [rows.low[y]! * stride, rows.high[y]! * stride, rows.share[y]!];
    for (let i = 0; i < stride; i += 1) {
      const value = coefficients[above + i]!;
      line[i] = value + share * (coefficients[below + i]! - value);
    }
    const row = out.subarray(y * region.width, (y + 1) * region.width);
    addTerm(line, terms, terms - 1, columns, null, row);
    for (const [term, plane] of guidance.entries())
      addTerm(line, terms, term, columns, plane.subarray(y * region.width), row);
  }
}

/** One term of a row: the intercept takes the place of what was there, a slope times its guidance is added. */
function addTerm(
  line: Float64Array,
  terms: number,
  term: number,
  { low, high, share }: LinearPlaces,
  guidance: Float32Array | null,
  row: Float32Array,
): void {
  for (let x = 0; x < row.length; x += 1) {
    const left = line[low[x]! * terms + term]!;
    const value = left + share[x]! * (line[high[x]! * terms + term]! - left);
    row[x] = guidance ? row[x]! + value * guidance[x]! : value;
  }
}
