import type { ParameterValues } from '../contract/filters';
import type { Size } from '../contract/geometry';
import type { Raster } from '../raster/raster';
import { checkpoint } from './checkpoint';
import type { Filter, FilterInput, FilterRuntime } from './filter';
import { fastLocalLaplacian, laplacianBytesPerPixel } from './laplacian/fastLocalLaplacian';
import type { Level } from './laplacian/pyramid';
import { pictureRange } from './pictureRange';
import { chosenStyle } from './style/choice';
import { styleTransferDescription } from './style/description';
import { withDetailOfPicture } from './style/pictureDetail';
import type { Style } from './style/style';
import { gradientCurve, intensityCurve } from './style/transferCurves';
import { lumaPlane, relit } from './tone/luma';
import { clippedPlanes } from './unitPlanes';
import { choiceValue, numberValue } from './values';
import { wholePictureFilter } from './wholePicture';

/** Planes of the target, clipped and of the result, luma and two pictures, the raster that comes in and the one that goes out. */
const bytesPerPixel = 4 * (3 * 3 + 3 + 3 + 3) + laplacianBytesPerPixel;

/** Intensities of the fast local Laplacian filter. */
const levels = 32;
/** Slopes of the curves of intensity, the first one and those that follow: what they do to noise multiplies. */
const steepest = { first: 2, later: 1.1 };
/** Short side of the grid on which the texture is taken, in pixels: its mean alone counts. */
const textureSide = 16;
/** By so much less a picture's own detail and what its texture says may differ. */
const rounding = 1e-3;

const onWholePicture = wholePictureFilter({
  description: styleTransferDescription,
  bytesPerPixel,
  range: pictureRange,
  meantFor,
  change: inStyle,
});

/**
 * Photographic style transfer (Aubry et al. 2014): a curve brings the luma to the reference's distribution; then, again and again, a
 * local Laplacian filter brings the gradients' amplitudes to the reference's, by the remapping that matches their
 * distributions, and a curve the luma once more. The paper matches exactly; here slopes have limits, and small differences
 * are left, so that noise in even areas does not become texture. The result is grey, as in the deep guided filter's paper (Wu et
 * al., section V-A 3), or the target's chroma is scaled with the luma. The paper's reference photograph may not be shipped: those of
 * the looks are others, or the reference is the user's own. Gradients are those between a picture's own pixels, so a look depends
 * on the size: 1024 and 2048 pixels long, two photographs came out 1.2 and 1.9 % apart. `detail` makes up for it where the strength of
 * the gradients at another size is known. Values are scaled by `pictureRange` and
 * clipped to it.
 */
export const styleTransfer: Filter = {
  ...onWholePicture,
  tileNeeds(parameters, context) {
    // A missing photograph is told before pixels are wanted.
    chosenStyle(parameters, context.photographs);
    return {
      ...onWholePicture.tileNeeds(parameters, context),
      overview: { shortSide: textureSide, texture: true },
    };
  },
};

/** A preview may be of a reduced picture, but its texture is that of the picture itself. */
function meantFor(
  parameters: ParameterValues,
  given: Raster,
  { overviewTexture }: FilterInput,
): ParameterValues {
  if (!overviewTexture) return parameters;
  const meant = withDetailOfPicture(parameters, given, overviewTexture);
  const strengthened = numberValue(meant, 'detail') / numberValue(parameters, 'detail');
  return Math.abs(strengthened - 1) < rounding ? parameters : meant;
}

async function inStyle(
  planes: readonly Float32Array[],
  size: Size,
  parameters: ParameterValues,
  runtime: FilterRuntime,
): Promise<readonly Float32Array[]> {
  const style = chosenStyle(parameters, runtime.photographs);
  const inside = clippedPlanes(planes);
  if (inside.length === 1) return [await styled(inside[0]!, size, style, parameters, runtime)];
  const luma = lumaPlane(inside);
  const grey = await styled(luma, size, style, parameters, runtime);
  return choiceValue(parameters, 'output') === 'grey' ? [grey, grey, grey] : relit(inside, luma, grey);
}

async function styled(
  luma: Float32Array,
  size: Size,
  style: Style,
  parameters: ParameterValues,
  { signal, progress }: FilterRuntime,
): Promise<Float32Array> {
  const rounds = numberValue(parameters, 'rounds');
  const detail = numberValue(parameters, 'detail');
  let picture: Level = { ...size, data: luma.map(intensityCurve(luma, style.intensities, steepest.first)) };
  await checkpoint(signal);
  for (let round = 0; round < rounds; round += 1) {
    // One pixel or one line: there are no gradients.
    if (Math.min(size.width, size.height) > 1) {
      const filter = { remap: gradientCurve(picture, style.gradients, detail), levels };
      picture = await fastLocalLaplacian(picture, filter, signal, (share) =>
        progress?.((round + share) / rounds),
      );
    }
    const curve = intensityCurve(picture.data, style.intensities, steepest.later);
    picture = { ...size, data: picture.data.map(curve) };
  }
  return picture.data;
}
