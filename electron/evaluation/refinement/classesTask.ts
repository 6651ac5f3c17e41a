import { fillNearest } from '../../raster/fillNearest';
import type { Raster } from '../../raster/raster';
import { compare } from '../comparison';
import { seedOf } from '../gaussianNoise';
import { maskScenes } from '../maskComparison';
import { maskSettings } from '../maskSettings';
import { classesOf, strongestClass } from '../segmentation/classMap';
import { classMasks } from '../segmentation/segmentation';
import { coarseClasses } from './coarseClasses';
import { type CoarseCase, type RefinementTask, settingsFor } from './task';

/** Refinement of class probabilities. */
export const classesTask: RefinementTask = {
  id: 'classes',
  title: 'Classes',
  folder: 'segmentation/voc_labelme',
  figures: [
    { metric: 'meanIou', title: 'mIoU', digits: 4, better: 'higher' },
    { metric: 'boundaryIou', title: 'boundary IoU', digits: 4, better: 'higher' },
  ],
  async compare(folder, sides, request, access) {
    const subject = (name: string, guidance: Raster, truth: Raster) => {
      const filled = fillNearest(truth);
      const labels = classesOf(filled);
      return (one: CoarseCase) => {
        const targets = coarseClasses(filled, labels, one.kind, seedOf(name));
        const shownTarget = strongestClass(targets, labels);
        return { guidance, targets, truth, labels, shownTarget, colormap: 'labels' as const };
      };
    };
    return compare(
      {
        ...sides,
        ...classMasks,
        scenes: await maskScenes(folder, classMasks, subject),
        settings: settingsFor({ guidedFilter: 'refine-classes', dagf: 'classes' }, maskSettings),
      },
      request,
      access,
    );
  },
};
