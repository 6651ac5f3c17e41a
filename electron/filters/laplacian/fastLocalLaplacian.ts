import { checkpoint } from '../checkpoint';
import { double, emptyLevel, gaussianPyramid, halve, type Level, pyramidSizes } from './pyramid';

export interface LocalLaplacian {
  /** What becomes of a difference from the local intensity; odd. */
  readonly remap: (difference: number) => number;
  /** Intensities, evenly over 0…1, between whose results coefficients are interpolated: more are slower and more exact. */
  readonly levels: number;
}

/** Bytes a pixel that filtering takes beside its input: that one's smaller levels, two whole pyramids and one level enlarged. */
export const laplacianBytesPerPixel = 4 * (1 / 3 + 2 * (4 / 3) + 1);

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
  const enlarged = emptyLevel(picture);
  for (let step = 0; step < levels; step += 1) {
    const centre = step / (levels - 1);
    const first = remapped[0]!.data;
    // A constant has no Laplacian pyramid: g need not be added.
    for (let i = 0; i < first.length; i += 1) first[i] = remap(picture.data[i]! - centre);
    for (let level = 0; level < coarsest; level += 1) {
      halve(remapped[level]!, remapped[level + 1]!);
      const coarser = { ...remapped[level]!, data: enlarged.data };
      double(remapped[level + 1]!, coarser);
      addWhereNear(centre, levels - 1, around[level]!, remapped[level]!, coarser, result[level]!);
    }
    await checkpoint(signal);
    after?.((step + 1) / levels);
  }
  result[coarsest]!.data.set(around[coarsest]!.data);
  for (let level = coarsest - 1; level >= 0; level -= 1) {
    const coarser = { ...result[level]!, data: enlarged.data };
    double(result[level + 1]!, coarser);
    const { data } = result[level]!;
    for (let i = 0; i < data.length; i += 1) data[i]! += coarser.data[i]!;
  }
  return result[0]!;
}

/** Adds the coefficients fine − coarser where the picture is less than a step from the centre, with linear weights. */
function addWhereNear(
  centre: number,
  steps: number,
  around: Level,
  fine: Level,
  coarser: Level,
  sum: Level,
): void {
  for (let i = 0; i < sum.data.length; i += 1) {
    const weight = 1 - steps * Math.abs(around.data[i]! - centre);
    if (weight > 0) sum.data[i]! += weight * (fine.data[i]! - coarser.data[i]!);
  }
}
