import type { Size } from '../../contract/geometry';
import { checkpoint } from '../../filters/checkpoint';
import type { Raster } from '../../raster/raster';
import { AreaReduction } from '../../raster/reduceArea';
import { wholeOf } from './geometry';
import type { GuidancePicture, Pictures } from './pictures';
import { type Computing, contentOn, type Run } from './run';
import type { TileCache } from './tileCache';

/** All of a picture in small. */
export interface Overview {
  read(run: Run): Promise<Raster>;
  /** Whether it has been computed and is still there. */
  isKnown(run: Computing): boolean;
}

/** Rows that are read at a time: a picture is never there as a whole. */
const stripHeight = 512;

/** A stage, or a guidance, reduced to this size by means over areas, computed once and kept with the tiles. */
export function overviewOf(
  picture: GuidancePicture,
  reduced: Size,
  { size }: Pick<Pictures, 'size'>,
  cache: TileCache,
): Overview {
  const key = `${picture.key}|overview ${reduced.width}x${reduced.height}`;
  const whole = wholeOf(size);
  const compute = async (run: Run): Promise<Raster> => {
    let reduction: AreaReduction | null = null;
    let strip: Raster | null = null;
    for (let y = 0; y < size.height; y += stripHeight) {
      await checkpoint(run.runtime.signal);
      const height = Math.min(stripHeight, size.height - y);
      strip = await picture.read({ x: 0, y, width: size.width, height }, run);
      reduction ??= new AreaReduction(size, reduced, strip.channels);
      reduction.add(strip);
    }
    if (!reduction || !strip) throw new RangeError('A picture without rows.');
    return reduction.finish(strip);
  };
  return {
    isKnown: (run) => cache.has(contentOn(run, key), whole),
    async read(run) {
      const known = cache.get(contentOn(run, key), whole);
      if (known) return known.raster;
      const raster = await compute(run);
      // The models behind it are those behind the picture, which the run has noted.
      cache.set(contentOn(run, key), whole, { raster, models: [] });
      return raster;
    },
  };
}
