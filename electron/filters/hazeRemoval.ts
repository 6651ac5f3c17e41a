import type { FilterDescription, ParameterValues } from '../contract/filters';
import type { Size } from '../contract/geometry';
import { checkpoint } from './checkpoint';
import type { FilterRuntime } from './filter';
import { airLightOf } from './haze/airLight';
import { hazeLinesOf } from './haze/hazeLines';
import { sceneRadiance, stretchContrast } from './haze/radiance';
import { estimatedTransmission, smoothTransmission } from './haze/transmission';
import { pictureRange } from './pictureRange';
import { clippedPlanes } from './unitPlanes';
import { numberValue } from './values';
import { solverBytesPerPixel } from './variation/gridSystem';
import { type UnitPicture, wholePictureFilter } from './wholePicture';

const description: FilterDescription = {
  id: 'haze-removal',
  title: 'Haze removal',
  summary:
    'Non-local dehazing: finds how much haze lies over each pixel from other pixels of the same colour, wherever they are, and takes it away. Works on the whole colour picture; grey pictures stay as they are.',
  guidance: 'unused',
  leastFactor: 1,
  opacityTitle: 'Strength',
  parameters: [
    {
      kind: 'number',
      name: 'kept',
      title: 'Haze left',
      summary: 'Share of the haze’s own light that stays everywhere, for a natural look.',
      unit: '',
      min: 0,
      max: 0.5,
      step: 0.01,
      default: 0.06,
      integer: false,
      scale: 'linear',
    },
    {
      kind: 'number',
      name: 'least',
      title: 'Least transmission',
      summary:
        'Where a smaller share of the scene’s light comes through, haze counts as opaque: more keeps noise out of skies.',
      unit: '',
      min: 0.05,
      max: 0.5,
      step: 0.01,
      default: 0.1,
      integer: false,
      scale: 'linear',
    },
    {
      kind: 'number',
      name: 'lambda',
      title: 'Smoothness',
      summary:
        'Weight of a haze that changes only where colours do, against what each pixel’s colour alone says.',
      unit: '',
      min: 0.001,
      max: 10,
      step: 0.001,
      default: 0.1,
      integer: false,
      scale: 'log',
    },
    {
      kind: 'number',
      name: 'flatness',
      title: 'Flatness',
      summary:
        'Colours that differ by less from one pixel to the next, as a share of the range, count as equal: more lets haze be smooth over fine texture.',
      unit: '/px',
      min: 0.001,
      max: 0.5,
      step: 0.001,
      default: 0.01,
      integer: false,
      scale: 'log',
    },
    {
      kind: 'number',
      name: 'gamma',
      title: 'Gamma',
      summary:
        'Power that makes the target’s values linear light while haze is removed: 1 takes them as they are, 2.2 is physical for photos.',
      unit: '',
      min: 0.5,
      max: 3,
      step: 0.1,
      default: 1,
      integer: false,
      scale: 'linear',
    },
  ],
  paper: 'D. Berman, T. Treibitz, S. Avidan, Non-Local Image Dehazing, CVPR 2016',
  secondsPerMegapixel: 4,
};

/** Six times three planes where contrast is stretched (target, raster, clipped, light, scene, result), samples, and haze's five. */
const bytesPerPixel = 4 * (6 * 3 + 1 + 5) + solverBytesPerPixel;

/** A picture whose colours differ less from each other, or its channels everywhere, has no haze-lines; a share of the range. */
const leastDifference = 0.005;

/**
 * Non-local dehazing (Berman, Treibitz and Avidan 2016). Colours of a clear picture form a few hundred clusters; haze draws
 * each towards the air-light, along a line on which the distance from the air-light tells the transmission. It is made smooth by
 * weighted least squares, the haze model is solved for the scene, and contrast is stretched. Defaults and what the paper
 * leaves open (reliability, least transmission, haze left, stretching) are those of the authors' published code, with five
 * differences: the air-light comes from the dark channel (see `airLightOf`); the largest radius of a line is a high
 * quantile; neighbours are compared in colour, as the paper says, not in grey, and less than 1 % of difference counts as none (`flatness`, which grows with the pixels of a reduced picture); a
 * picture whose radii hardly differ is not stretched apart; and the upper edge is not taken for far. Values are scaled by
 * `pictureRange`, colours are clipped to it. A target coarser than the result is enlarged bicubically. A copy of a picture that comes with
 * a larger one has the air-light of that.
 */
export const hazeRemoval = wholePictureFilter({
  description,
  bytesPerPixel,
  range: pictureRange,
  change: dehazed,
});

async function dehazed(
  planes: readonly Float32Array[],
  size: Size,
  parameters: ParameterValues,
  { signal, progress }: FilterRuntime,
  larger: UnitPicture | null,
): Promise<readonly Float32Array[]> {
  const gamma = numberValue(parameters, 'gamma');
  if (planes.length < 3 || isGrey(planes)) return planes;
  const colours = clippedPlanes(planes);
  const light = linearLight(colours, gamma);
  const airLight = larger
    ? airLightOf(linearLight(clippedPlanes(larger.planes), gamma), larger.size)
    : airLightOf(light, size);
  await checkpoint(signal);
  const lines = hazeLinesOf(light, airLight);
  if (lines.radius.every((radius) => radius < leastDifference)) return planes;
  progress?.(0.2);
  const least = numberValue(parameters, 'least');
  const estimate = estimatedTransmission(light, airLight, lines, least);
  const smoothing = {
    lambda: numberValue(parameters, 'lambda'),
    flatness: numberValue(parameters, 'flatness'),
    least,
  };
  const transmission = await smoothTransmission(colours, size, estimate, smoothing, signal);
  progress?.(0.9);
  return stretchContrast(
    sceneRadiance(light, airLight, transmission, { kept: numberValue(parameters, 'kept'), gamma }),
  );
}

const linearLight = (colours: readonly Float32Array[], gamma: number) =>
  gamma === 1 ? colours : colours.map((plane) => plane.map((value) => value ** gamma));

const isGrey = ([red, green, blue]: readonly Float32Array[]) =>
  red!.every((value, i) => {
    const [other, third] = [green![i]!, blue![i]!];
    return Math.max(value, other, third) - Math.min(value, other, third) < leastDifference;
  });
