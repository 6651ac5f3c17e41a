import type { FilterDescription, ParameterValues } from '../contract/filters';
import type { Size } from '../contract/geometry';
import type { FilterRuntime } from './filter';
import { elementCost } from './fourier/linePlan';
import { PeriodicSolver } from './fourier/periodicSolver';
import { SparseGradients } from './l0/sparseGradients';
import { transpose } from './l0/transpose';
import { pictureRange } from './pictureRange';
import { numberValue } from './values';
import { wholePictureFilter } from './wholePicture';

const description: FilterDescription = {
  id: 'l0-smoothing',
  title: 'L0 smoothing',
  summary:
    'Flattens everything but the strongest edges, which stay as sharp and as high as they were: allows as few differences between neighbours as it can. Works on the whole picture.',
  guidance: 'unused',
  leastFactor: 1,
  opacityTitle: 'Strength',
  parameters: [
    {
      kind: 'number',
      name: 'lambda',
      title: 'Flattening',
      summary:
        'What a difference between neighbours costs against staying near the target: more leaves fewer edges.',
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
      name: 'kappa',
      title: 'Pace',
      summary:
        'What the weight of the edges found so far is multiplied with in every round: less is slower and more exact.',
      unit: '',
      min: 1.05,
      max: 8,
      step: 0.05,
      default: 2,
      integer: false,
      scale: 'log',
    },
  ],
  paper: 'L. Xu, C. Lu, Y. Xu, J. Jia, Image Smoothing via L0 Gradient Minimization, ACM SIGGRAPH Asia 2011',
  secondsPerMegapixel: 1,
};

/** Where the rounds end (the paper's β_max): differences and picture agree by then. */
const largestBeta = 1e5;

/** The raster in; three planes a channel (target, the same on its side, result); one for the solver, a byte for the differences. */
const bytesPerPixel = 4 * (3 + 3 * 3 + 1) + 1;

/**
 * L0 gradient minimisation (Xu et al. 2011): S minimises Σ (S − I)² + λ · #{pixels where S differs from its right or lower
 * neighbour}, by half-quadratic splitting: differences are decided on while S rests (all channels together), then S is solved
 * for while they rest, with a weight β between both that grows from 2λ by κ. As in the paper the picture is taken as periodic.
 * Values are scaled by `pictureRange`.
 */
export const l0Smoothing = wholePictureFilter({
  description,
  bytesPerPixel,
  range: pictureRange,
  change: flattened,
});

async function flattened(
  planes: readonly Float32Array[],
  size: Size,
  parameters: ParameterValues,
  runtime: FilterRuntime,
): Promise<Float32Array[]> {
  if (elementCost(size.width) <= elementCost(size.height))
    return flattenedAlongRows(planes, size, parameters, runtime);
  // The same for the picture on its side, whose rows are of a length that is transformed faster.
  const turned = { width: size.height, height: size.width };
  const onSide = planes.map((plane) => transpose(plane, size, new Float32Array(plane.length)));
  const smooth = await flattenedAlongRows(onSide, turned, parameters, runtime);
  return smooth.map((plane, channel) => transpose(plane, turned, onSide[channel]!));
}

async function flattenedAlongRows(
  planes: readonly Float32Array[],
  size: Size,
  parameters: ParameterValues,
  { signal, progress }: FilterRuntime,
): Promise<Float32Array[]> {
  const smooth = planes.map((plane) => plane.slice());
  const solver = new PeriodicSolver(size);
  const gradients = new SparseGradients(size, planes.length);
  const lambda = numberValue(parameters, 'lambda');
  const betas = growing(2 * lambda, numberValue(parameters, 'kappa'));
  for (const [round, beta] of betas.entries()) {
    gradients.drop(smooth, lambda / beta);
    for (const [channel, plane] of planes.entries()) {
      const current = smooth[channel]!;
      await solver.solve(
        beta,
        gradients.residual(plane, current, beta),
        (y, row) => gradients.add(current, y, row),
        signal,
      );
    }
    progress?.((round + 1) / betas.length);
  }
  return smooth;
}

/** The weights of the rounds. */
function growing(first: number, ratio: number): number[] {
  const betas: number[] = [];
  for (let beta = first; beta < largestBeta; beta *= ratio) betas.push(beta);
  return betas;
}
