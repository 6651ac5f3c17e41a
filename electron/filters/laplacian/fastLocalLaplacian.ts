import { checkpoint } from '../checkpoint';
import { DoubledRow, double, emptyLevel, gaussianPyramid, halve, type Level, pyramidSizes } from './pyramid';

export interface LocalLaplacian {
  /** Writes what becomes of the values' differences from an intensity: an odd function of them. */
  readonly remap: (values: Float32Array, from: number, into: Float32Array) => void;
  /** Intensities, evenly over 0…1, between whose results coefficients are interpolated: more are slower and more exact. */
  readonly levels: number;
}

/** Bytes a pixel that filtering takes beside its input: that one's smaller levels and two whole pyramids. */
export const laplacianBytesPerPixel = 4 * (1 / 3 + 2 * (4 / 3));

/**
 * Local Laplacian filter (S. Paris, S. Hasinoff, J. Kautz, SIGGRAPH 2011): a coefficient of the result's Laplacian pyramid is that
 * of the picture with all its values i remapped to g + remap(i − g), where g is the picture's Gaussian pyramid at that place.
 * In the fast form of M. Aubry et al. (ACM TOG 2014) this is done for a few g, and coefficients are interpolated linearly
 * between them. The coarsest level stays.
 * @param picture values 0…1
 * @param after told the share of the work that is done
 * @throws the signal's reason when it was aborted between two intensities
 */
export async function fastLocalLaplacian(
  picture: Level,
  { remap, levels }: LocalLaplacian,
  signal: AbortSignal,
  after?: (share: number) => void,
): Promise<Level> {
  const around = gaussianPyramid(picture);
  const coarsest = around.length - 1;
  const result = pyramidSizes(picture).map(emptyLevel);
  const remapped = pyramidSizes(picture).map(emptyLevel);
  for (let step = 0; step < levels; step += 1) {
    const centre = step / (levels - 1);
    // A constant has no Laplacian pyramid: g need not be added.
    remap(picture.data, centre, remapped[0]!.data);
    for (let level = 0; level < coarsest; level += 1) {
      halve(remapped[level]!, remapped[level + 1]!);
      addWhereNear(
        centre,
        levels - 1,
        around[level]!,
        remapped[level]!,
        remapped[level + 1]!,
        result[level]!,
      );
    }
    await checkpoint(signal);
    after?.((step + 1) / levels);
  }
  result[coarsest]!.data.set(around[coarsest]!.data);
  for (let level = coarsest - 1; level >= 0; level -= 1) {
    const { data } = result[level]!;
    const enlarged = remapped[level]!;
    double(result[level + 1]!, enlarged);
    for (let i = 0; i < data.length; i += 1) data[i]! += enlarged.data[i]!;
  }
  return result[0]!;
}

/**
 * Adds the coefficients, fine less coarse, where the picture is less than a step from the centre, with linear weights: every
 * coefficient is needed for two centres only.
 */
function addWhereNear(
  centre: number,
  steps: number,
  around: Level,
  fine: Level,
  coarse: Level,
  sum: Level,
): void {
  const { width, height, data } = sum;
  const [places, values] = [around.data, fine.data];
  for (let y = 0, i = 0; y < height; y += 1) {
    const enlarged = new DoubledRow(coarse, y);
    for (let x = 0; x < width; x += 1, i += 1) {
      const weight = 1 - steps * Math.abs(places[i]! - centre);
      if (weight > 0) data[i]! += weight * (values[i]! - enlarged.at(x));
    }
  }
}
