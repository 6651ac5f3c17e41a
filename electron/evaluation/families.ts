import { depth } from './depth/depth';
import type { EvaluationFamily } from './family';

/** The one list of evaluations, in the order they are offered. Commands and their help derive from it. */
export const families: readonly EvaluationFamily[] = [depth];
