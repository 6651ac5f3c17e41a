import { rmse } from '../../metrics/rmse';
import { compare } from '../comparison';
import { findDepthPairs } from '../depth/depthPairs';
import { readDepthScene } from '../depth/depthScene';
import { jointBilateralSettings } from '../depth/depthSettings';
import { seedOf } from '../gaussianNoise';
import { absoluteError } from '../pictures/absoluteError';
import { coarse, coarseFactor, moved } from './coarse';
import { logErrors } from './logErrors';
import { type CoarseCase, type RefinementTask, settingsFor } from './task';

/** Refinement of depth; disparity stands for it. */
export const depthTask: RefinementTask = {
  id: 'depth',
  title: 'Depth (disparity)',
  folder: 'depth/middlebury-third',
  figures: [
    { metric: 'rms', title: 'rms', digits: 2, better: 'lower' },
    { metric: 'log10', title: 'log10', digits: 4, better: 'lower' },
    { metric: 'rmsLog', title: 'rms log', digits: 4, better: 'lower' },
  ],
  async compare(folder, sides, request, access) {
    const pairs = await findDepthPairs(folder);
    const scenes = pairs.map((pair) => ({
      name: pair.scene,
      async open() {
        const { guidance, truth, filled } = await readDepthScene(pair);
        const seed = seedOf(pair.scene);
        return ({ kind }: CoarseCase) => ({
          guidance,
          targets: [coarse(moved(filled, kind, seed))],
          truth,
        });
      },
    }));
    return compare(
      {
        ...sides,
        scenes,
        settings: settingsFor(
          { guidedFilter: 'refine-depth', dagf: 'depth' },
          { 'joint-bilateral': jointBilateralSettings[coarseFactor] },
        ),
        combine: ([result]) => result!,
        measure: (result, { truth }) => ({
          rms: rmse.measure({ result, reference: truth }),
          ...logErrors(result, truth),
        }),
        error: (result, { truth }) => absoluteError(result, truth),
      },
      request,
      access,
    );
  },
};
