import type { ParameterValues } from '../contract/filters';

/**
 * Settings of the classical filters for noisy targets, by the factor they are smaller: the lowest mean RMSE on
 * Middlebury's Motorcycle, Adirondack, Tsukuba and Venus, their disparities stretched to end at 200, reduced by antialiased
 * bicubic and given Gaussian noise of standard deviation 5. Guided filter: radii 1, 2, 3, 4, 6, 8, 12 and 16, epsilons
 * 1e-5, 1e-4, 1e-3, 0.01 and 0.05; ratios to bicubic there 0.729, 0.807, 0.868 and 0.914. Joint bilateral: radii 2 and 3,
 * sigmas 0.5, 0.7 and 1 over distance and 0.04, 0.06, 0.08 and 0.1 over the guidance, and the next ones where the best
 * was at an end; ratios 0.727, 0.804, 0.886 and 0.944.
 */
export const noisySettings: Readonly<Record<2 | 4 | 8 | 16, Readonly<Record<string, ParameterValues>>>> = {
  2: {
    'guided-filter': { radius: 2, epsilon: 1e-4 },
    'joint-bilateral': { radius: 3, sigmaSpatial: 1, sigmaRange: 0.04 },
  },
  4: {
    'guided-filter': { radius: 3, epsilon: 1e-4 },
    'joint-bilateral': { radius: 3, sigmaSpatial: 0.7, sigmaRange: 0.06 },
  },
  8: {
    'guided-filter': { radius: 6, epsilon: 1e-5 },
    'joint-bilateral': { radius: 3, sigmaSpatial: 0.7, sigmaRange: 0.06 },
  },
  16: {
    'guided-filter': { radius: 12, epsilon: 1e-5 },
    'joint-bilateral': { radius: 2, sigmaSpatial: 0.5, sigmaRange: 0.1 },
  },
};

/** For the protocols. */
export const noisySettingsOrigin =
  'The classical filters run with the settings that were best on Middlebury’s validation scenes with the same noise, chosen for each factor.';
