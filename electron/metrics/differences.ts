import type { Comparison } from './metric';

/** Means over every counted sample of all channels, in the rasters' unit (and its square). */
export interface Differences {
  readonly meanSquare: number;
  readonly meanAbsolute: number;
}

/** @throws RangeError when the rasters differ in shape or no pixel counts */
export function differences(comparison: Comparison): Differences {
  checkShapes(comparison);
  const { result, reference } = comparison;
  const { width, height } = reference;
  const border = comparison.border ?? 0;
  let squares = 0;
  let absolutes = 0;
  let samples = 0;
  for (let channel = 0; channel < reference.channels; channel += 1) {
    const plane = channel * width * height;
    for (let y = border; y < height - border; y += 1) {
      for (let x = border; x < width - border; x += 1) {
        const pixel = y * width + x;
        if (reference.unknown?.[pixel] || result.unknown?.[pixel]) continue;
        const difference = result.data[plane + pixel]! - reference.data[plane + pixel]!;
        squares += difference * difference;
        absolutes += Math.abs(difference);
        samples += 1;
      }
    }
  }
  if (samples === 0) throw noPixels();
  return { meanSquare: squares / samples, meanAbsolute: absolutes / samples };
}

/** @throws RangeError when the rasters differ in shape */
export function checkShapes({ result, reference }: Comparison): void {
  const shape = (raster: typeof result) => `${raster.width} × ${raster.height} × ${raster.channels}`;
  if (shape(result) !== shape(reference)) {
    throw new RangeError(`A result of ${shape(result)} cannot be measured against ${shape(reference)}.`);
  }
}

/** @throws RangeError when the scale has no extent */
export function dataRangeOf({ reference, dataRange }: Comparison): number {
  const range = dataRange ?? reference.fullScale.max - reference.fullScale.min;
  if (!(range > 0)) throw new RangeError(`The value scale has no extent: ${range}.`);
  return range;
}

export const noPixels = () =>
  new RangeError('No pixel is left to measure: all are unknown or in the border.');
