import type { Preset } from '../../contract/presets';
import { dagfStep } from './dagfStep';

/** Joint super-resolution and denoising of measured depth (DAGF, Sect. IV-B). */
export const tof: Preset = {
  id: 'tof',
  title: 'Depth camera',
  summary:
    'Cleans and sharpens the noisy depth of a time-of-flight or structured-light camera, and completes what it did not measure.',
  target: 'map',
  targetTitle: 'Measured depth',
  guidanceTitle: 'Photo',
  processing: {
    fit: 'refuse',
    unknown: 'complete',
    targetValues: 'continuous',
    steps: [dagfStep({ noise: 'noisy' })],
  },
};
