import { rmse } from '../../metrics/rmse';
import { type Case, type Comparison, compare, type Scene, type Subject } from '../comparison';
import { comparisonReport } from '../comparisonReport';
import { rowsOf } from '../comparisonRows';
import type { Figure } from '../comparisonTables';
import { chooseContenders, dagfVariants, variantsOf } from '../contenders';
import { type Degradation, degradations, degrade, noiseDeviation } from '../degrade';
import { chosen, type EvaluationFamily, type EvaluationRequest } from '../family';
import type { EngineAccess } from '../filterFiles';
import { leadOf } from '../findings';
import { seedOf } from '../gaussianNoise';
import { absoluteError } from '../pictures/absoluteError';
import type { EvaluationReport } from '../report';
import { type DepthPair, findDepthPairs } from './depthPairs';
import { readDepthScene } from './depthScene';
import { type DepthFactor, depthFactors, depthParameters } from './depthSettings';
import { noiseFindings } from './noiseFindings';

export interface DepthCase extends Case {
  readonly degradation: Degradation;
  readonly factor: DepthFactor;
}

const border = 6;
const figures: readonly [Figure, Figure] = [
  { metric: 'rmse', title: 'RMSE', digits: 2, better: 'lower' },
  { metric: 'ratio', title: 'ratio', digits: 3, better: 'lower' },
];

const protocol: readonly string[] = [
  'Scenes are cropped at the right and bottom to multiples of 16; unknown pixels (0, NaN, infinity) are filled from the nearest known one before degrading.',
  'nearest keeps the last pixel of every block; bicubic is antialiased with a = −0.5; ' +
    `noisy adds Gaussian noise of standard deviation ${noiseDeviation} to bicubic, seeded by scene and factor. Small targets stay floats: nothing is rounded to 8 bits.`,
  'RMSE is in raw disparity, without a 6-pixel border and unknown pixels, the mean over scenes; the ratio is to bicubic on the same images in the same run.',
  `dagf is told how the target was made (degradation and noise), as weights trained for one kind are in the paper’s tables; ${dagfVariants}`,
  'The classical filters run with the settings that were best on Middlebury’s validation scenes, chosen for each factor, with noise and without.',
  'ms is the time from opened inputs to a written file of one image, the mean over scenes.',
];

/** Depth super-resolution by the protocol of DAGF’s Tables I and III. */
export const depth: EvaluationFamily = {
  id: 'depth',
  title: 'Depth super-resolution',
  summary: 'depth super-resolution against Middlebury’s ground truth (DAGF, Tables I and III)',
  data: 'folder of Middlebury pairs: a photo and its disparity',
  options: [
    { name: 'scales', summary: 'factors the target is reduced by', values: depthFactors.map(String) },
    { name: 'degradations', summary: 'how it is reduced', values: degradations },
  ],
  rows: ['dagf', 'dagf-wide', 'dagf-fast'],
  evaluate,
};

async function evaluate(request: EvaluationRequest, access: EngineAccess): Promise<EvaluationReport> {
  const pairs = await findDepthPairs(request.folder);
  const compared = await compare(
    {
      scenes: pairs.map(depthSceneOf),
      cases: casesOf(request),
      contenders: chooseContenders(request.filters, depth.rows, request.wanted),
      settings: (contender, { degradation, factor }) => ({
        parameters: { ...depthParameters(contender.filter, degradation, factor), ...contender.parameters },
        iterations: 1,
      }),
      ...depthMeasuring,
    },
    request,
    access,
  );
  const rows = rowsOf(compared.cells, 'rmse');
  return comparisonReport(depth, request, compared, {
    rows,
    layout: {
      table: ({ conditions }) => `${conditions.degradation} degradation`,
      column: ({ conditions }) => `×${conditions.factor}`,
      figures,
    },
    protocol,
    findings: [...leadOf(rows, 'dagf', figures[0], variantsOf('dagf')), ...noiseFindings(rows)],
  });
}

function casesOf(request: EvaluationRequest): DepthCase[] {
  const factors = chosen(request, 'scales', depthFactors);
  return chosen(request, 'degradations', degradations).flatMap((degradation) =>
    factors.map((factor) => ({
      id: `${degradation}-x${factor}`,
      title: `${degradation} ×${factor}`,
      conditions: { degradation, factor },
      degradation,
      factor,
    })),
  );
}

type DepthSubject = Subject & { readonly truth: NonNullable<Subject['truth']> };

export type DepthComparison = Comparison<DepthCase, DepthSubject>;

export const depthMeasuring: Pick<DepthComparison, 'combine' | 'measure' | 'error'> = {
  combine: ([result]) => result!,
  measure: (result, { truth }) => ({ rmse: rmse.measure({ result, reference: truth, border }) }),
  error: (result, { truth }) => absoluteError(result, truth),
};

/** A pair, degraded as a case says. */
export const depthSceneOf = (pair: DepthPair): Scene<DepthCase, DepthSubject> => ({
  name: pair.scene,
  async open() {
    const { guidance, truth, filled } = await readDepthScene(pair);
    return ({ degradation, factor }) => {
      const target = degrade(filled, degradation, factor, seedOf(`${pair.scene}/${factor}`));
      return { guidance, targets: [target], truth };
    };
  },
});
