import { createRaster, type Raster } from '../../raster/raster';
import { probabilityOf } from '../segmentation/classMap';
import { type CoarseKind, coarse, moved } from './coarse';

/**
 * Coarse probabilities of classes, in the order of their labels. The first is the background: it keeps what the objects,
 * when they shrink or grow, leave to it.
 * @param map labels, every pixel known
 */
export function coarseClasses(
  map: Raster,
  labels: readonly number[],
  kind: CoarseKind,
  seed: number,
): Raster[] {
  const [background, ...objects] = labels.map((label) => probabilityOf(map, label));
  const drawn = objects.map((object) => moved(object, kind, seed));
  return [rest(background!, drawn), ...drawn].map(coarse);
}

/** What is left of 1. */
const rest = (background: Raster, objects: readonly Raster[]): Raster =>
  createRaster({
    ...background,
    data: background.data.map((_, i) =>
      Math.max(
        0,
        objects.reduce((left, { data }) => left - data[i]!, 1),
      ),
    ),
  });
