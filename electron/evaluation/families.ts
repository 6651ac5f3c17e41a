import { ablation } from './ablation/ablation';
import { denoising } from './denoising/denoising';
import { depth } from './depth/depth';
import type { EvaluationFamily } from './family';
import { operators } from './operators/operators';
import { quality } from './quality/quality';
import { refinement } from './refinement/refinement';
import { saliency } from './saliency/saliency';
import { segmentation } from './segmentation/segmentation';
import { texture } from './texture/texture';
import { tof } from './tof/tof';

/** The one list of evaluations, in the order they are offered. Commands and their help derive from it. */
export const families: readonly EvaluationFamily[] = [
  depth,
  saliency,
  segmentation,
  refinement,
  operators,
  tof,
  denoising,
  texture,
  quality,
  ablation,
];
