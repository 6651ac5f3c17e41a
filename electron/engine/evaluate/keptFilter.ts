import type { Filter } from '../../filters/filter';
import { type CountMissing, keepTiles, type TiledStage } from './keptTiles';
import type { Pictures } from './pictures';
import { applyFilter, type FilterStageParts, type PieceSize, type Stage } from './stage';
import type { TileCache } from './tileCache';
import { gpuTiles, tileSide } from './tiling';
import { checkWholePicture } from './wholePicture';

/** What the engine puts into applying filters. */
export interface FilterWork {
  readonly cache: TileCache;
  /** Working memory of one tile, bytes. */
  readonly tileBytes: number;
  /** Whether networks run on a GPU now. */
  readonly onGpu: boolean;
  /** By stage, so that a tile size that did not fit into memory is remembered. */
  readonly pieceSizes: Map<string, PieceSize>;
}

export interface AppliedFilter extends Omit<FilterStageParts, 'pieceSize' | 'processorSide' | 'whole'> {
  readonly filter: Pick<Filter, 'apply' | 'description'>;
}

/**
 * A filter applied once, in tiles of the size that the working memory allows, which are kept.
 * @param key names everything its values depend on
 * @param missingBefore tiles that computing a region needs first
 */
export function keptFilter(
  applied: AppliedFilter,
  key: string,
  pictures: Pictures,
  work: FilterWork,
  missingBefore?: CountMissing,
): TiledStage {
  const { filter, needs } = applied;
  const processorSide = tileSide(needs, work.tileBytes, pictures.size);
  const side = needs.network && work.onGpu ? gpuTiles * processorSide : processorSide;
  const pieceSize = pieceSizeOf(work, `${filter.description.id}/${side}`, side);
  const parts: FilterStageParts = { ...applied, pieceSize, processorSide, whole: pictures.size };
  const compute: Stage['read'] = (region, run) => {
    checkWholePicture(applied, pictures, work);
    return applyFilter(parts, region, run);
  };
  return keepTiles(pictures, work.cache, key, side, compute, missingBefore);
}

function pieceSizeOf({ pieceSizes }: FilterWork, key: string, side: number): PieceSize {
  const known = pieceSizes.get(key) ?? { side };
  pieceSizes.set(key, known);
  return known;
}
