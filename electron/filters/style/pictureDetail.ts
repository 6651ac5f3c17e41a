import type { ParameterValues } from '../../contract/filters';
import { channelOf, type Raster } from '../../raster/raster';
import { numberValue } from '../values';

/**
 * Style transfer goes by the gradients between a picture's own pixels. Means over areas make neighbours differ more, so on a reduced
 * picture they are to count so much weaker, by their root mean squares.
 * @param parameters of style transfer, as they are meant for the picture
 * @param reduced what style transfer is to be computed on
 * @param texture of the picture itself (`TextureReduction`), on any grid
 * @returns those for the reduced one
 */
export function withDetailOfPicture(
  parameters: ParameterValues,
  reduced: Raster,
  texture: Raster,
): ParameterValues {
  const ofPicture = meanOfSquares(channelOf(texture, 1));
  if (ofPicture === 0) return parameters;
  const strengthened = Math.sqrt(nearDifference(reduced) / ofPicture);
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
