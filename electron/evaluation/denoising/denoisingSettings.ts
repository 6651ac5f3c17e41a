import type { ParameterValues } from '../../contract/filters';
import type { Sigma } from './addedNoise';
import type { RestorationPair } from './restorationPairs';

type Settings = Readonly<Record<string, ParameterValues>>;

/**
 * Settings of the classical filters by what guides and by the noise, chosen once: the highest mean PSNR of four photographs
 * of the training data that no pair for training is made of, each as two cameras would see it (`models/training/pairs`:
 * guidance displaced by up to 1.5 pixels; 200 × 200 pixels; noise in 8 bits), among the radii 1, 2, 3, 4, 6, 8 and 12 and
 * epsilons from 1e-6 to 0.1, and among the sigmas 1, 1.5, 2, 3 and 4 over distance (radius: twice that) and
 * 0.02, 0.04, 0.06, 0.1, 0.15, 0.25 and 0.4 over the guidance. In dB, unfiltered, guided filter, joint bilateral: flash 25
 * 20.97, 29.21, 29.02; flash 50 15.52, 25.04, 24.87; near infrared 25 20.78, 31.16, 30.78; 50 15.32, 26.77, 26.51.
 */
export const denoisingSettings: Readonly<Record<RestorationPair['kind'], Readonly<Record<Sigma, Settings>>>> =
  {
    flash: {
      25: {
        'guided-filter': { radius: 2, epsilon: 3e-5 },
        'joint-bilateral': { radius: 6, sigmaSpatial: 3, sigmaRange: 0.02 },
      },
      50: {
        'guided-filter': { radius: 3, epsilon: 1e-4 },
        'joint-bilateral': { radius: 8, sigmaSpatial: 4, sigmaRange: 0.02 },
      },
    },
    nir: {
      25: {
        'guided-filter': { radius: 2, epsilon: 1e-4 },
        'joint-bilateral': { radius: 4, sigmaSpatial: 2, sigmaRange: 0.04 },
      },
      50: {
        'guided-filter': { radius: 3, epsilon: 1e-4 },
        'joint-bilateral': { radius: 6, sigmaSpatial: 3, sigmaRange: 0.04 },
      },
    },
  };
