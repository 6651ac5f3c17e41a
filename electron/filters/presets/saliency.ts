import type { Preset } from '../../contract/presets';
import { dagfStep } from './dagfStep';

/** Saliency map super-resolution (DAGF, Sect. IV-A). Black is a value there, not a gap. */
export const saliency: Preset = {
  id: 'saliency',
  title: 'Saliency map',
  summary: 'Sharpens a coarse saliency map, mask or matte along the edges of its photo.',
  target: 'map',
  targetTitle: 'Saliency map',
  guidanceTitle: 'Photo',
  processing: {
    fit: 'refuse',
    unknown: 'complete',
    targetValues: 'continuous',
    steps: [dagfStep({ noise: 'none' })],
  },
};
