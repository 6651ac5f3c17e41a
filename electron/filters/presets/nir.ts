import type { Preset } from '../../contract/presets';
import { dagfStep } from './dagfStep';

/** Denoising guided by near infrared, channel by channel, as the paper does with flash pairs (DAGF, Sect. IV-B). */
export const nir: Preset = {
  id: 'nir',
  title: 'Near infrared',
  summary: 'Removes the noise of a colour photo, along the edges of a near-infrared one of the same scene.',
  target: 'picture',
  targetTitle: 'Colour photo',
  guidanceTitle: 'Near-infrared photo',
  processing: {
    fit: 'refuse',
    unknown: 'complete',
    targetValues: 'continuous',
    steps: [dagfStep({ noise: 'noisy' })],
  },
};
