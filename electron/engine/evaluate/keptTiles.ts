import { around, type Rect } from '../../contract/geometry';
import { partOf } from '../../raster/placed';
import type { Raster } from '../../raster/raster';
import { assemble } from './assemble';
import { onResultGrid, wholeOf } from './geometry';
import type { Pictures } from './pictures';
import { type Computing, contentOn, type Run } from './run';
import type { Stage } from './stage';
import type { KeptTile, TileCache } from './tileCache';
import { tilesTouching } from './tiling';

/** A stage on tiles of its own. */
export interface TiledStage extends Stage {
  /** The tiles, in its own grid, that cover a region. */
  tiles(region: Rect): Rect[];
  /** Whether a tile has been computed and is still there. */
  has(tile: Rect, run: Computing): boolean;
  /** How many tiles, of this stage and of those before it, have to be computed for a region. */
  missing: CountMissing;
  /** False when reading takes work for every pixel, also where everything has been computed. */
  readonly isKept: boolean;
}

export type CountMissing = (region: Rect, run: Computing) => number;

/**
 * A stage whose tiles, of this side, are computed once and kept.
 * @param missingBefore tiles that computing a region here needs first
 */
export function keepTiles(
  { size, target }: Pictures,
  cache: TileCache,
  key: string,
  side: number,
  compute: Stage['read'],
  missingBefore: CountMissing = () => 0,
): TiledStage {
  const whole = wholeOf(size);
  const tiles = (region: Rect) => tilesTouching(region, side, whole);
  const covering: Stage['covering'] = async (region, run) => {
    const content = contentOn(run, key);
    const pieces: [Rect, Raster][] = [];
    for (const tile of tiles(region)) {
      const known = cache.get(content, tile);
      if (known) run.models.push(...known.models);
      const kept = known ?? (await computed(compute, tile, run));
      if (!known) {
        cache.set(content, tile, kept);
        run.meter?.tileDone();
      }
      pieces.push([tile, kept.raster]);
    }
    const [[place, raster] = [region, null]] = pieces;
    if (raster && pieces.length === 1) return { raster, offset: place };
    return { raster: assemble(region, pieces), offset: region };
  };
  const read: Stage['read'] = async (region, run) => partOf(await covering(region, run), region);
  return {
    key,
    covering,
    read,
    view: async (region, run) => ({
      raster: await read(region, run),
      offset: { x: region.x, y: region.y },
      ...onResultGrid,
      whole: size,
      valueRange: target.valueRange,
    }),
    tiles,
    has: (tile, run) => cache.has(contentOn(run, key), tile),
    missing(region, run) {
      const missing = tiles(region).filter((tile) => !cache.has(contentOn(run, key), tile));
      return missing.length === 0 ? 0 : missing.length + missingBefore(around(missing), run);
    },
    isKept: true,
  };
}

async function computed(compute: Stage['read'], tile: Rect, run: Run): Promise<KeptTile> {
  const before = run.models.length;
  const raster = await compute(tile, run);
  return { raster, models: [...new Set(run.models.slice(before))] };
}
