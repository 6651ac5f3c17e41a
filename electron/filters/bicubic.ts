import { upsampleBicubic } from '../raster/upsample';
import type { Filter } from './filter';

/** Bicubic interpolation to the result grid: what every guided filter is measured against. */
export const bicubic: Filter = {
  description: {
    id: 'bicubic',
    title: 'Bicubic',
    summary:
      'Enlarges the target smoothly without looking at the guidance: the baseline for every other filter.',
    guidance: 'optional',
    leastFactor: 1,
    parameters: [],
    paper:
      'R. Keys, Cubic convolution interpolation for digital image processing, IEEE TASSP 1981 (a = −0.5)',
    secondsPerMegapixel: 0.02,
  },
  tileNeeds: () => ({ reach: 0, multiple: 1, bytesPerPixel: 16 }),
  apply: async (input) => upsampleBicubic(input.target, input.region),
};
