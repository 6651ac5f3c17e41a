import type { Preset } from '../../contract/presets';
import { refinementStep } from './refinementStep';

/**
 * Refinement of saliency maps in two layers (DGF, Table V, saliency detection). Black is a value there, not a gap. Its photos
 * are MSRA-B's, 400 pixels long.
 */
export const refineSaliency: Preset = {
  id: 'refine-saliency',
  title: 'Refine saliency',
  summary:
    'Fits a coarse saliency map, mask or matte to the edges of its photo: fast, with the guided filter, twice over.',
  target: 'map',
  targetTitle: 'Coarse saliency map',
  guidanceTitle: 'Photo',
  guidanceSide: 400,
  processing: {
    fit: 'refuse',
    unknown: 'complete',
    targetValues: 'continuous',
    steps: [refinementStep(8, 2)],
  },
};
