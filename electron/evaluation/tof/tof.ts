import { SidelightError } from '../../contract/errors';
import type { EvaluationFamily, EvaluationRequest } from '../family';
import type { EngineAccess } from '../filterFiles';
import type { EvaluationReport } from '../report';
import { evaluateHoles } from './holes';
import { findKinectScenes } from './kinectScenes';
import { evaluateNoisyTargets } from './noisyTargets';
import { findTofScenes, tofFactors } from './tofScenes';

/** Depth as cameras measure it: small and noisy, or with holes (DAGF, Table IV). */
export const tof: EvaluationFamily = {
  id: 'tof',
  title: 'Depth from a time-of-flight camera',
  summary: 'noisy low-resolution depth against ground truth, or holes of measured depth (DAGF, Table IV)',
  data: 'folder of X_color.png, X_big.png and X_depth_1_n.png to _4_n.png, or of X_rgb.jpg and X_depth.png',
  options: [
    {
      name: 'scales',
      summary: 'of the targets with ground truth, which ones',
      values: tofFactors.map(String),
    },
  ],
  rows: ['dagf', 'dagf-auto', 'dagf-wide', 'dagf-fast'],
  evaluate,
};

/** The folder says what is measured. */
async function evaluate(request: EvaluationRequest, access: EngineAccess): Promise<EvaluationReport> {
  const noisy = await orNone(findTofScenes(request.folder));
  if (noisy) return evaluateNoisyTargets(tof, noisy, request, access);
  const kinect = await orNone(findKinectScenes(request.folder));
  if (kinect) return evaluateHoles(tof, kinect, request, access);
  throw new SidelightError(
    'file-not-found',
    `There is no measured depth to evaluate in ${request.folder}.`,
    `--data needs a ${tof.data}.`,
    { path: request.folder },
  );
}

async function orNone<T>(finding: Promise<T>): Promise<T | null> {
  try {
    return await finding;
  } catch (thrown) {
    if (thrown instanceof SidelightError && thrown.code === 'file-not-found') return null;
    throw thrown;
  }
}
