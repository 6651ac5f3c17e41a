import type { Preset } from '../../contract/presets';
import { dagfStep } from './dagfStep';

/** Flash/no-flash denoising (DAGF, Sect. IV-B), channel by channel. */
export const flash: Preset = {
  id: 'flash',
  title: 'Flash and no flash',
  summary: 'Removes the noise of a photo taken in the dark, along the edges of one taken with flash.',
  target: 'picture',
  targetTitle: 'Photo without flash',
  guidanceTitle: 'Photo with flash',
  processing: {
    fit: 'refuse',
    unknown: 'complete',
    targetValues: 'continuous',
    steps: [dagfStep({ noise: 'noisy' })],
  },
};
