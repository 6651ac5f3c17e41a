import type { FilterDescription, ParameterValues } from '../contract/filters';
import type { Size } from '../contract/geometry';
import type { FilterRuntime } from './filter';
import { numberValue } from './values';
import { solverBytesPerPixel } from './variation/gridSystem';
import { relativeWeights } from './variation/relativeWeights';
import { wholePictureFilter } from './wholePicture';

const description: FilterDescription = {
  id: 'relative-total-variation',
  title: 'Relative total variation',
  summary:
    'Takes texture out of a picture and keeps its structure: differences that cancel within a window are smoothed, edges are not. Works on the whole picture.',
  guidance: 'unused',
  leastFactor: 1,
  parameters: [
    {
      kind: 'number',
      name: 'lambda',
      title: 'Strength',
      summary: 'Weight of the smoothing against staying near the target.',
      unit: '',
      min: 0.001,
      max: 0.1,
      step: 0.001,
      default: 0.0075,
      integer: false,
      scale: 'log',
    },
    {
      kind: 'number',
      name: 'sigma',
      title: 'Texture size',
      summary:
        'Standard deviation of the window in which differences of a texture cancel; halved after every iteration.',
      unit: 'px',
      min: 0.5,
      max: 12,
      step: 0.1,
      default: 3,
      integer: false,
      scale: 'log',
    },
    {
      kind: 'number',
      name: 'epsilonS',
      title: 'Softness',
      summary:
        'Differences well below this share of the target’s range are smoothed alike: more makes softer edges.',
      unit: '',
      min: 0.001,
      max: 0.1,
      step: 0.001,
      default: 0.02,
      integer: false,
      scale: 'log',
    },
    {
      kind: 'number',
      name: 'iterations',
      title: 'Rounds',
      summary: 'How often the weights are computed anew from the smoothed picture.',
      unit: '',
      min: 1,
      max: 10,
      step: 1,
      default: 4,
      integer: true,
      scale: 'linear',
    },
  ],
  paper:
    'L. Xu, Q. Yan, Y. Xia, J. Jia, Structure Extraction from Texture via Relative Total Variation, ACM SIGGRAPH Asia 2012',
  secondsPerMegapixel: 6,
};

/** Below this the window of a later iteration does not shrink any more, in pixels. */
const leastSigma = 0.5;

/**
 * Two planes a channel (target, result), the two weights and what making them takes, the solver's vectors, and the
 * raster that comes in and the one that goes out.
 */
const bytesPerPixel = 4 * (2 * 3 + 2 + 3 + 3 + 3) + solverBytesPerPixel;

/**
 * Structure extraction by relative total variation (Xu et al. 2012): S minimises Σ (S − I)² + λ Σ D / (L + ε), where D is
 * the sum of absolute differences in a window and L the absolute value of their sum, solved by iteratively reweighted least
 * squares from S = I. As in the authors' released code the window's σ is halved after every iteration. Values are
 * scaled by the extent of the target's values; all channels share their weights.
 */
export const relativeTotalVariation = wholePictureFilter({
  description,
  bytesPerPixel,
  range: ({ valueRange }) => valueRange,
  change: extractStructure,
});

async function extractStructure(
  planes: readonly Float32Array[],
  size: Size,
  parameters: ParameterValues,
  runtime: FilterRuntime,
): Promise<Float32Array[]> {
  const structure = planes.map((plane) => plane.slice());
  const iterations = numberValue(parameters, 'iterations');
  const settings = {
    lambda: numberValue(parameters, 'lambda'),
    epsilonS: numberValue(parameters, 'epsilonS'),
  };
  let sigma = numberValue(parameters, 'sigma');
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    const system = relativeWeights(structure, size, { ...settings, sigma });
    for (const [channel, plane] of planes.entries()) {
      await system.solve(plane, structure[channel]!, runtime.signal);
      runtime.progress?.((iteration + (channel + 1) / planes.length) / iterations);
    }
    sigma = Math.max(leastSigma, sigma / 2);
  }
  return structure;
}
