import type { Preset } from '../../contract/presets';
import { dagfStep } from './dagfStep';

/** Depth super-resolution (DAGF, Sect. IV-A). */
export const depth: Preset = {
  id: 'depth',
  title: 'Depth map',
  summary: 'Sharpens a small depth or disparity map along the edges of a photo of the same scene.',
  target: 'map',
  targetTitle: 'Depth map',
  guidanceTitle: 'Photo',
  processing: {
    fit: 'refuse',
    unknown: 'keep',
    targetValues: 'continuous',
    steps: [dagfStep()],
  },
};
