import type { Preset } from '../../contract/presets';
import { dagfStep } from './dagfStep';

/** Refinement of semantic segmentations (DAGF, Sect. IV-D), class by class. */
export const classes: Preset = {
  id: 'classes',
  title: 'Class map',
  summary:
    'Fits the borders of a label map to the edges of its photo; every result pixel has one of its labels.',
  target: 'map',
  targetTitle: 'Class map',
  guidanceTitle: 'Photo',
  processing: {
    fit: 'refuse',
    unknown: 'complete',
    targetValues: 'classes',
    steps: [dagfStep({ noise: 'none' })],
  },
};
