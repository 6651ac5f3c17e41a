import type { Preset } from '../../contract/presets';
import { refinementStep } from './refinementStep';

/** Refinement of monocular depth (DGF, Table V, depth estimation: from photos scaled to about 500 pixels). */
export const refineDepth: Preset = {
  id: 'refine-depth',
  title: 'Refine depth',
  summary:
    'Fits a coarse depth map, such as a network’s from a single photo, to the photo’s edges: fast, with the guided filter.',
  target: 'map',
  targetTitle: 'Coarse depth map',
  guidanceTitle: 'Photo',
  guidanceSide: 500,
  processing: {
    fit: 'refuse',
    unknown: 'keep',
    targetValues: 'continuous',
    steps: [refinementStep(4)],
  },
};
