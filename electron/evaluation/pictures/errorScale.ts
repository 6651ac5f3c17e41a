import type { Raster } from '../../raster/raster';
import { quantile } from '../quantile';

/** Errors above it are as bright as the scale gets: single pixels should not darken everything else. */
const share = 0.995;

/**
 * The error that error maps of one scene and case have in common as the upper end of their colours: the largest
 * 99.5th percentile of any of them. Null when there are none.
 */
export function errorScaleOf(errors: readonly Raster[]): number | null {
  if (errors.length === 0) return null;
  return Math.max(
    ...errors.map(({ data, unknown }) =>
      quantile(
        data.filter((_, i) => !unknown?.[i]),
        share,
      ),
    ),
  );
}
