import { LRUCache } from 'lru-cache';
import type { Rect } from '../../contract/geometry';
import type { Raster } from '../../raster/raster';

/** A computed tile, and the models that made it. */
export interface KeptTile {
  readonly raster: Raster;
  readonly models: readonly string[];
}

/** Computed tiles by what they were computed from, so that pans, colormaps and undo cost nothing. */
export class TileCache {
  private readonly tiles: LRUCache<string, KeptTile>;

  constructor(readonly capacity: number) {
    this.tiles = new LRUCache({ maxSize: capacity, sizeCalculation: ({ raster }) => bytesOf(raster) });
  }

  /** In use, of `capacity` bytes. */
  get bytes(): number {
    return this.tiles.calculatedSize;
  }

  /** @param content names everything the tile's values depend on */
  get(content: string, tile: Rect): KeptTile | undefined {
    return this.tiles.get(keyOf(content, tile));
  }

  has(content: string, tile: Rect): boolean {
    return this.tiles.has(keyOf(content, tile));
  }

  set(content: string, tile: Rect, kept: KeptTile): void {
    this.tiles.set(keyOf(content, tile), kept);
  }
}

const keyOf = (content: string, { x, y, width, height }: Rect) => `${content}@${x},${y},${width}x${height}`;

export const bytesOf = (raster: Raster): number =>
  raster.data.byteLength + (raster.alpha?.byteLength ?? 0) + (raster.unknown?.byteLength ?? 0);
