import { blend } from '../../raster/blend';
import { onResultGrid, wholeOf } from './geometry';
import { type CountMissing, keepTiles, type TiledStage } from './keptTiles';
import type { Pictures } from './pictures';
import type { Stage } from './stage';
import type { TileCache } from './tileCache';
import { tilesTouching } from './tiling';

/** Side of the tiles in which a whole blend, or a whole enlarged target, is walked through. */
const tileSide = 512;

/** The target on the result's grid, its tiles kept: nobody waits for the same enlargement twice. */
export const keptEnlargement = (pictures: Pictures, cache: TileCache, input: Stage): TiledStage =>
  keepTiles(pictures, cache, `${input.key}|enlarged`, tileSide, input.read);

/**
 * A step's result blended with what came in. Blends are not kept: one is made in less time than it takes to make room
 * for it, and those of every opacity that a user drags past would push out the tiles that took long.
 * @param missingBefore tiles of what came in that have to be computed for a region; none when left out
 */
export function blended(
  pictures: Pictures,
  before: Stage,
  after: TiledStage,
  opacity: number,
  missingBefore: CountMissing = () => 0,
): TiledStage {
  const { size, target } = pictures;
  const read: Stage['read'] = async (region, run, memory) => {
    const over = await after.covering(region, run);
    return blend(over, await before.covering(region, run), region, opacity, memory);
  };
  return {
    key: `${after.key}|opacity ${opacity}`,
    read,
    covering: async (region, run) => ({ raster: await read(region, run), offset: region }),
    view: async (region, run) => ({
      raster: await read(region, run),
      offset: region,
      ...onResultGrid,
      whole: size,
      valueRange: target.valueRange,
    }),
    tiles: (region) => tilesTouching(region, tileSide, wholeOf(size)),
    has: (tile, run) => after.tiles(tile).every((computed) => after.has(computed, run)),
    missing: (region, run) => after.missing(region, run) + missingBefore(region, run),
    isKept: false,
  };
}
