import type { Preset } from '../../contract/presets';
import { refinementStep } from './refinementStep';

/** Refinement of semantic segmentations, class by class (DGF, Table V, segmentation: PASCAL VOC's photos, 500 pixels long). */
export const refineClasses: Preset = {
  id: 'refine-classes',
  title: 'Refine classes',
  summary:
    'Fits the borders of a coarse label map to the edges of its photo: fast, with the guided filter; every result pixel has one of its labels.',
  target: 'map',
  targetTitle: 'Coarse class map',
  guidanceTitle: 'Photo',
  guidanceSide: 500,
  processing: {
    fit: 'refuse',
    unknown: 'complete',
    targetValues: 'classes',
    steps: [refinementStep(4)],
  },
};
