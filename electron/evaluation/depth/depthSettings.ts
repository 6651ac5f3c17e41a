import type { FilterDescription, ParameterValues } from '../../contract/filters';
import { defaultParameters } from '../../recipe/parameters';
import { declares } from '../contenders';
import type { Degradation } from '../degrade';
import { noisySettings } from '../noisySettings';

export const depthFactors = [4, 8, 16] as const;
export type DepthFactor = (typeof depthFactors)[number];

/**
 * The guided filter's settings, chosen once per factor: the lowest mean RMSE on Middlebury's Motorcycle, Adirondack,
 * Tsukuba and Venus under this protocol with bicubic degradation, among the radii 1, 2, 3, 4, 6, 8, 12, 16, 24 and 32
 * and epsilons from 1e-6 to 0.2. Its ratios to bicubic there were 0.987, 0.984 and 0.981.
 */
const guidedFilterSettings: Readonly<Record<DepthFactor, ParameterValues>> = {
  4: { radius: 1, epsilon: 0.01 },
  8: { radius: 3, epsilon: 0.01 },
  16: { radius: 6, epsilon: 0.01 },
};

/**
 * The joint bilateral filter's settings, chosen in the same way on the same scenes: the lowest mean RMSE among the
 * sigmas 0.4, 0.5, 0.6 and 0.7 over distance and 0.03, 0.04, 0.05, 0.06, 0.07, 0.08 and 0.1 over the guidance. Its ratios
 * to bicubic there were 0.887, 0.915 and 0.962; the radii 1 and 3, with sigmas of their own, change
 * them by at most 0.002.
 */
export const jointBilateralSettings: Readonly<Record<DepthFactor, ParameterValues>> = {
  4: { radius: 2, sigmaSpatial: 0.5, sigmaRange: 0.05 },
  8: { radius: 2, sigmaSpatial: 0.5, sigmaRange: 0.07 },
  16: { radius: 2, sigmaSpatial: 0.5, sigmaRange: 0.08 },
};

const chosenSettings: Readonly<Record<string, Readonly<Record<DepthFactor, ParameterValues>>>> = {
  'guided-filter': guidedFilterSettings,
  'joint-bilateral': jointBilateralSettings,
};

/**
 * What a filter is run with. One that declares how the target became small, and whether it is noisy, is told so: its
 * weights are trained for it. One that knows noise only as a degradation, or not at all, is told what lies under it.
 */
export function depthParameters(
  filter: FilterDescription,
  degradation: Degradation,
  factor: DepthFactor,
): ParameterValues {
  const noisy = degradation === 'noisy';
  const chosen = noisy ? noisySettings[factor][filter.id] : chosenSettings[filter.id]?.[factor];
  return { ...defaultParameters(filter), ...chosen, ...toldDegradation(filter, degradation) };
}

function toldDegradation(filter: FilterDescription, degradation: Degradation): ParameterValues {
  const noise = degradation === 'noisy' ? 'noisy' : 'none';
  const reduction = declares(filter, 'degradation', degradation) ? degradation : 'bicubic';
  return {
    ...(declares(filter, 'degradation', reduction) ? { degradation: reduction } : {}),
    ...(declares(filter, 'noise', noise) ? { noise } : {}),
  };
}
