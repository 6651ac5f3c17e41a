import type { Raster } from '../../raster/raster';
import { compare } from '../comparison';
import { seedOf } from '../gaussianNoise';
import { maskScenes } from '../maskComparison';
import { maskSettings } from '../maskSettings';
import { saliencyMasks } from '../saliency/saliency';
import { coarse, moved } from './coarse';
import { type CoarseCase, type RefinementTask, settingsFor } from './task';

/** Refinement of saliency maps. */
export const saliencyTask: RefinementTask = {
  id: 'saliency',
  title: 'Saliency',
  folder: 'saliency',
  figures: [
    { metric: 'maximum', title: 'F (best threshold)', digits: 3, better: 'higher' },
    { metric: 'half', title: 'F (one half)', digits: 3, better: 'higher' },
    { metric: 'mae', title: 'MAE', digits: 4, better: 'lower' },
  ],
  async compare(folder, sides, request, access) {
    const subject = (name: string, guidance: Raster, truth: Raster) => (one: CoarseCase) => ({
      guidance,
      targets: [coarse(moved(truth, one.kind, seedOf(name)))],
      truth,
      colormap: 'grey' as const,
    });
    return compare(
      {
        ...sides,
        ...saliencyMasks,
        scenes: await maskScenes(folder, saliencyMasks, subject),
        settings: settingsFor({ guidedFilter: 'refine-saliency', dagf: 'saliency' }, maskSettings),
      },
      request,
      access,
    );
  },
};
