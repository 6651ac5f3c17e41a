import type { FilterDescription, ParameterDescription, ParameterValues } from '../contract/filters';
import type { Size } from '../contract/geometry';
import { contrastCurve } from './detail/contrastCurve';
import { decompose } from './detail/levels';
import { lightnessOf, relight } from './detail/manipulation';
import type { FilterRuntime } from './filter';
import { pictureRange } from './pictureRange';
import { choiceValue, numberValue } from './values';
import { solverBytesPerPixel } from './variation/gridSystem';
import { wholePictureFilter } from './wholePicture';

const gain = (name: string, title: string, summary: string, preset: number): ParameterDescription => ({
  kind: 'number',
  name,
  title,
  summary,
  unit: '×',
  min: 0,
  max: 15,
  step: 0.05,
  default: preset,
  integer: false,
  scale: 'linear',
});

const description: FilterDescription = {
  id: 'multi-scale-detail',
  title: 'Multi-scale detail',
  summary:
    'Strengthens or weakens fine detail, medium detail and contrast separately, without halos along strong edges. Works on the lightness of the whole picture.',
  guidance: 'unused',
  leastFactor: 1,
  opacityTitle: 'Strength',
  parameters: [
    gain(
      'fine',
      'Fine detail',
      'How much steeper small differences in fine detail become; 1 leaves it.',
      6.25,
    ),
    gain('medium', 'Medium detail', 'The same for the detail between the two smoothings.', 10),
    gain('base', 'Contrast', 'The same for what both smoothings leave, around a middle lightness.', 3.75),
    {
      kind: 'choice',
      name: 'combination',
      title: 'Combination',
      summary: 'Whether one picture gets all three changes.',
      options: [
        {
          value: 'averaged',
          title: 'Averaged',
          summary: 'The mean of three pictures, each with one of the changes: milder, for strong settings.',
        },
        { value: 'together', title: 'Together', summary: 'One picture with all three changes.' },
      ],
      default: 'averaged',
    },
    {
      kind: 'number',
      name: 'lambdaFine',
      title: 'First smoothing',
      summary: 'Weight of the smoothing that separates fine detail: more leaves more in it.',
      unit: '',
      min: 0.01,
      max: 2,
      step: 0.005,
      default: 0.125,
      integer: false,
      scale: 'log',
    },
    {
      kind: 'number',
      name: 'lambdaMedium',
      title: 'Second smoothing',
      summary: 'Weight of the smoothing that separates medium detail from the base; above the first one.',
      unit: '',
      min: 0.01,
      max: 20,
      step: 0.005,
      default: 0.5,
      integer: false,
      scale: 'log',
    },
    {
      kind: 'number',
      name: 'alpha',
      title: 'Edge sensitivity',
      summary:
        'Power of the differences between neighbours: more keeps the edges of the smoothed pictures sharper.',
      unit: '',
      min: 1,
      max: 2,
      step: 0.05,
      default: 1.2,
      integer: false,
      scale: 'linear',
    },
  ],
  paper:
    'Z. Farbman, R. Fattal, D. Lischinski, R. Szeliski, Edge-Preserving Decompositions for Multi-Scale Tone and Detail Manipulation, ACM SIGGRAPH 2008',
  secondsPerMegapixel: 6,
};

/** The target's planes and the result's, lightness, its two smoothings, logarithms, weights; the raster that comes in. */
const bytesPerPixel = 4 * (2 * 3 + 1 + 2 + 1 + 2 + 3) + solverBytesPerPixel;

/**
 * Multi-scale detail manipulation (Farbman et al. 2008): weighted least squares smooths CIELAB lightness twice, both times
 * from the picture itself with affinities of log lightness; the differences are fine and medium detail, the smoother picture
 * is the base, and each goes through a curve of its own. a* and b* stay. The defaults are those of the authors' published
 * example (steepnesses 25, 40 and 15, which are slopes of 6.25, 10 and 3.75), averaged as in the deep guided filter's paper
 * (Wu et al.); the example's small changes of saturation and exposure are left out. Grey targets are
 * taken for lightness as they are; values are scaled by `pictureRange`, colours are taken for sRGB and clipped to it. A target
 * coarser than the result is enlarged bicubically.
 */
export const multiScaleDetail = wholePictureFilter({
  description,
  bytesPerPixel,
  range: pictureRange,
  change: manipulated,
});

async function manipulated(
  planes: readonly Float32Array[],
  size: Size,
  parameters: ParameterValues,
  runtime: FilterRuntime,
): Promise<readonly Float32Array[]> {
  const [fine, medium, base] = [
    numberValue(parameters, 'fine'),
    numberValue(parameters, 'medium'),
    numberValue(parameters, 'base'),
  ];
  if (fine === 1 && medium === 1 && base === 1) return planes;
  const smoothing = {
    fine: numberValue(parameters, 'lambdaFine'),
    medium: numberValue(parameters, 'lambdaMedium'),
    alpha: numberValue(parameters, 'alpha'),
  };
  const levels = await decompose(lightnessOf(planes), size, smoothing, runtime);
  return relight(planes, levels, {
    fine: contrastCurve(fine),
    medium: contrastCurve(medium),
    base: contrastCurve(base),
    combination: choiceValue(parameters, 'combination') === 'together' ? 'together' : 'averaged',
  });
}
