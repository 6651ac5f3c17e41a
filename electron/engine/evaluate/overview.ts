import type { Rect } from '../../contract/geometry';
import { checkpoint } from '../../filters/checkpoint';
import type { PlacedRaster } from '../../raster/placed';
import type { Raster } from '../../raster/raster';
import { type OverviewRasters, OverviewReduction, type OverviewSpec } from '../../raster/reduceOverview';
import { wholeOf } from './geometry';
import type { Pictures } from './pictures';
import { type Computing, contentOn, type Run } from './run';
import type { TileCache } from './tileCache';

/** All of a picture in small. */
export interface Overview {
  read(run: Run): Promise<OverviewRasters>;
  /** Whether it has been computed and is still there. */
  isKnown(run: Computing): boolean;
}

/** What an overview is made of. */
export interface SeenPicture {
  readonly key: string;
  /** Its values over `region` at least, which are not copied where they lie together in memory. */
  covering(region: Rect, run: Run): Promise<PlacedRaster>;
}

/** Rows that are read at a time: a picture that is computed is never there as a whole. */
const stripHeight = 512;

/**
 * A stage, or a guidance, reduced by means over areas, computed once and kept with the tiles. Its texture is kept beside the
 * picture, which those have in common who want it and who do not.
 */
export function overviewOf(
  picture: SeenPicture,
  spec: OverviewSpec,
  { size }: Pick<Pictures, 'size'>,
  cache: TileCache,
): Overview {
  const ofSize = `${spec.size.width}x${spec.size.height}`;
  const keyOf = (part: keyof OverviewRasters) => `${picture.key}|overview ${part} ${ofSize}`;
  const whole = wholeOf(size);
  const known = (run: Computing, part: keyof OverviewRasters) =>
    cache.get(contentOn(run, keyOf(part)), whole)?.raster ?? null;
  const keep = (run: Computing, part: keyof OverviewRasters, raster: Raster) =>
    // The models behind it are those behind the picture, which the run has noted.
    cache.set(contentOn(run, keyOf(part)), whole, { raster, models: [] });
  const compute = async (run: Run): Promise<OverviewRasters> => {
    let reduction: OverviewReduction | null = null;
    let strip: Raster | null = null;
    for (let y = 0; y < size.height; y += stripHeight) {
      await checkpoint(run.runtime.signal);
      const height = Math.min(stripHeight, size.height - y);
      const { raster, offset } = await picture.covering({ x: 0, y, width: size.width, height }, run);
      strip = raster;
      reduction ??= new OverviewReduction(size, spec, strip.channels);
      reduction.add(strip, y - offset.y, height);
    }
    if (!reduction || !strip) throw new RangeError('A picture without rows.');
    return reduction.finish(strip);
  };
  return {
    isKnown: (run) =>
      cache.has(contentOn(run, keyOf('picture')), whole) &&
      (!spec.texture || cache.has(contentOn(run, keyOf('texture')), whole)),
    async read(run) {
      const small = known(run, 'picture');
      const texture = spec.texture ? known(run, 'texture') : null;
      if (small && (texture || !spec.texture)) return { picture: small, texture };
      const computed = await compute(run);
      // What others have made of a picture is remembered by the raster itself.
      const overview = { ...computed, picture: small ?? computed.picture };
      keep(run, 'picture', overview.picture);
      if (overview.texture) keep(run, 'texture', overview.texture);
      return overview;
    },
  };
}
