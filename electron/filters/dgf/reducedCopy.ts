import type { ParameterValues } from '../../contract/filters';
import { channelOf, type Raster } from '../../raster/raster';
import { numberValue } from '../values';

/** A picture reduced by means over areas, and the texture that those leave out (`TextureReduction`); null where nobody asked for it. */
export interface ReducedCopy {
  readonly overview: Raster;
  readonly texture: Raster | null;
}

/**
 * Style transfer goes by the gradients between a picture's own pixels. Means over areas make neighbours differ more, so on a copy
 * they are to count so much weaker, by their root mean squares.
 * @throws TypeError without the texture, which tells how much the picture's own pixels differ
 */
export function withDetailOfPicture(
  parameters: ParameterValues,
  { overview, texture }: ReducedCopy,
): ParameterValues {
  if (!texture) throw new TypeError('Style transfer on a copy needs the texture of the picture.');
  const nearDifferences = channelOf(texture, 1);
  const ofPicture = meanOfSquares(nearDifferences);
  if (ofPicture === 0) return parameters;
  const strengthened = Math.sqrt(nearDifference(overview) / ofPicture);
  return { ...parameters, detail: numberValue(parameters, 'detail') * strengthened };
}

const meanOfSquares = (values: Float32Array) =>
  values.reduce((sum, value) => sum + value * value, 0) / values.length;

/** As the texture has it: the mean square difference to the pixels left and above, over all channels, borders repeated. */
function nearDifference({ width, height, channels, data }: Raster): number {
  let sum = 0;
  for (let row = 0, i = 0; row < channels * height; row += 1) {
    for (let x = 0; x < width; x += 1, i += 1) {
      if (x > 0) sum += (data[i]! - data[i - 1]!) ** 2;
      if (row % height > 0) sum += (data[i]! - data[i - width]!) ** 2;
    }
  }
  return sum / (2 * data.length);
}
