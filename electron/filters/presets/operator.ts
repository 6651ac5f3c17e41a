import type { Preset } from '../../contract/presets';
import { dgf } from '../dgf';
import { presetStep } from './presetStep';

/** Image processing operators in real time (DGF, Sect. V). */
export const operator: Preset = {
  id: 'operator',
  title: 'Photo operator',
  summary: 'Smooths a photo as a slow operator does, in real time at any size, as strongly as you like.',
  target: 'picture',
  targetTitle: 'Photo',
  guidanceTitle: null,
  processing: {
    fit: 'refuse',
    unknown: 'complete',
    targetValues: 'continuous',
    steps: [presetStep(dgf, {})],
  },
};
