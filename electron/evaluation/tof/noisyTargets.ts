import { readImage } from '../../codecs/read';
import { mae } from '../../metrics/mae';
import { rmse } from '../../metrics/rmse';
import type { Raster } from '../../raster/raster';
import { type Case, compare, type Scene, type Subject } from '../comparison';
import { comparisonReport } from '../comparisonReport';
import { rowsOf } from '../comparisonRows';
import type { Figure } from '../comparisonTables';
import { chooseContenders, dagfVariants, variantsOf } from '../contenders';
import { chosen, type EvaluationFamily, type EvaluationRequest } from '../family';
import type { EngineAccess } from '../filterFiles';
import { leadOf } from '../findings';
import { noisySettings, noisySettingsOrigin } from '../noisySettings';
import { absoluteError } from '../pictures/absoluteError';
import type { EvaluationReport } from '../report';
import { taskSettings } from '../taskSettings';
import { type TofFactor, type TofScene, tofFactors } from './tofScenes';

interface TofCase extends Case {
  readonly factor: TofFactor;
}

const figures: readonly [Figure, Figure, Figure] = [
  { metric: 'rmse', title: 'RMSE', digits: 2, better: 'lower' },
  { metric: 'ratio', title: 'ratio', digits: 3, better: 'lower' },
  { metric: 'mae', title: 'MAE', digits: 2, better: 'lower' },
];

const protocol: readonly string[] = [
  'Targets are the data set’s own noisy low-resolution disparities, 8-bit and without holes (measured against the ground truth they are the means of blocks with Gaussian noise of standard deviation 5).',
  'RMSE and MAE are in raw disparity against the full-resolution ground truth, over the whole picture, means over scenes; the ratio is to bicubic on the same images in the same run.',
  'For the scale, the paper’s RMSE at ×4 on three other scenes of ToFMark, in millimetres (Table IV; Books, Devil, Shark): guided filter 15.74, 18.21, 27.04; joint bilateral 16.03, 18.79, 27.57; DKN 11.81, 13.54, 9.11; DAGF 11.80, 13.47, 9.07.',
  `DAGF runs as its preset for depth cameras sets it; ${dagfVariants}`,
  noisySettingsOrigin,
  'ms is the time from opened inputs to a written file of one image, the mean over scenes.',
];

/** Noisy low-resolution targets that come with a ground truth. */
export async function evaluateNoisyTargets(
  family: EvaluationFamily,
  scenes: readonly TofScene[],
  request: EvaluationRequest,
  access: EngineAccess,
): Promise<EvaluationReport> {
  const compared = await compare(
    {
      scenes: scenes.map(sceneOf),
      cases: chosen(request, 'scales', tofFactors).map((factor) => ({
        id: `x${factor}`,
        title: `×${factor}`,
        conditions: { factor },
        factor,
      })),
      contenders: chooseContenders(request.filters, family.rows, request.wanted),
      settings: (contender, { factor }) => taskSettings(contender, 'tof', noisySettings[factor]),
      combine: ([result]) => result!,
      measure: (result, { truth }) => ({
        rmse: rmse.measure({ result, reference: truth }),
        mae: mae.measure({ result, reference: truth }),
      }),
      error: (result, { truth }) => absoluteError(result, truth),
    },
    request,
    access,
  );
  const rows = rowsOf(compared.cells, 'rmse');
  return comparisonReport({ ...family, title: 'Noisy low-resolution depth' }, request, compared, {
    rows,
    layout: { table: () => 'Noisy targets against ground truth', column: (row) => row.case, figures },
    protocol,
    findings: leadOf(rows, 'dagf', figures[0], variantsOf('dagf')),
  });
}

type TofSubject = Subject & { readonly truth: Raster };

const sceneOf = (scene: TofScene): Scene<TofCase, TofSubject> => ({
  name: scene.scene,
  async open() {
    const guidance = (await readImage(scene.photo)).raster;
    const truth = (await readImage(scene.truth)).raster;
    const targets = new Map<TofFactor, Raster>();
    for (const factor of tofFactors) targets.set(factor, (await readImage(scene.targets[factor])).raster);
    return ({ factor }) => ({ guidance, targets: [targets.get(factor)!], truth });
  },
});
