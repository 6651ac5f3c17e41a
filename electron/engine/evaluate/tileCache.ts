import { LRUCache } from 'lru-cache';
import type { Rect } from '../../contract/geometry';
import type { Raster } from '../../raster/raster';

/** Computed tiles by what they were computed from, so that pans, colormaps and undo cost nothing. */
export class TileCache {
  private readonly tiles: LRUCache<string, Raster>;

  constructor(bytes: number) {
    this.tiles = new LRUCache({ maxSize: bytes, sizeCalculation: bytesOf });
  }

  get bytes(): number {
    return this.tiles.calculatedSize;
  }

  /** @param content names everything the tile's values depend on */
  get(content: string, tile: Rect): Raster | undefined {
    return this.tiles.get(keyOf(content, tile));
  }

  has(content: string, tile: Rect): boolean {
    return this.tiles.has(keyOf(content, tile));
  }

  set(content: string, tile: Rect, raster: Raster): void {
    this.tiles.set(keyOf(content, tile), raster);
  }
}

const keyOf = (content: string, { x, y, width, height }: Rect) => `${content}@${x},${y},${width}x${height}`;

export const bytesOf = (raster: Raster): number =>
  raster.data.byteLength + (raster.alpha?.byteLength ?? 0) + (raster.unknown?.byteLength ?? 0);
