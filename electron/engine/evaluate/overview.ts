import { checkpoint } from '../../filters/checkpoint';
import type { Raster } from '../../raster/raster';
import { AreaReduction, overviewSize } from '../../raster/reduceArea';
import { wholeOf } from './geometry';
import type { Pictures } from './pictures';
import { type Computing, contentOn, type Run } from './run';
import type { Stage } from './stage';
import type { TileCache } from './tileCache';

/** All of a stage in small. */
export interface Overview {
  read(run: Run): Promise<Raster>;
  /** Whether it has been computed and is still there. */
  isKnown(run: Computing): boolean;
}

/** Rows that are read at a time: a picture is never there as a whole. */
const stripHeight = 512;

/** A stage reduced to this short side, computed once and kept with the tiles. */
export function overviewOf(
  stage: Pick<Stage, 'key' | 'read'>,
  shortSide: number,
  { size }: Pick<Pictures, 'size'>,
  cache: TileCache,
): Overview {
  const key = `${stage.key}|overview ${shortSide}`;
  const whole = wholeOf(size);
  const compute = async (run: Run): Promise<Raster> => {
    let reduction: AreaReduction | null = null;
    let strip: Raster | null = null;
    for (let y = 0; y < size.height; y += stripHeight) {
      await checkpoint(run.runtime.signal);
      const height = Math.min(stripHeight, size.height - y);
      strip = await stage.read({ x: 0, y, width: size.width, height }, run);
      reduction ??= new AreaReduction(size, overviewSize(size, shortSide), strip.channels);
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
      // The models behind it are those behind the stage, which the run has noted.
      cache.set(contentOn(run, key), whole, { raster, models: [] });
      return raster;
    },
  };
}
