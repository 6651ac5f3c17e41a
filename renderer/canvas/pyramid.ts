import type { Size } from '../../electron/contract/geometry';
import { ancestor, type TilePlace, tileKey, tileRegion } from './tiles';

/** A tile that has arrived. */
export interface Tile {
  readonly place: TilePlace;
  readonly bitmap: ImageBitmap;
  /** Of which picture: tiles of an older version stay until newer ones have come. */
  readonly version: number;
  readonly approximate: boolean;
}

/** A tile to paint and the part of the wanted place that it can fill. */
export interface Part {
  readonly tile: Tile;
  /** The place it fills: the wanted one, or one inside it when finer tiles stand in. */
  readonly place: TilePlace;
}

const mostTiles = 600;
const levelsSearched = 8;

/** The tiles of one layer, old and new, and which of them to show where. */
export class Pyramid {
  /** In the order of last use: the first ones are forgotten first. */
  private readonly tiles = new Map<string, Tile>();
  private cleared = false;

  constructor(
    readonly size: Size,
    readonly tileSize: number,
    private version: number,
  ) {}

  get currentVersion(): number {
    return this.version;
  }

  /** The layer shows something else now; what is there stays until it has been replaced. */
  outdate(version: number): void {
    this.version = version;
  }

  put(tile: Tile): void {
    const key = tileKey(tile.place);
    const old = this.tiles.get(key);
    if (this.cleared || (old && old.version > tile.version)) {
      tile.bitmap.close();
      return;
    }
    old?.bitmap.close();
    this.tiles.delete(key);
    this.tiles.set(key, tile);
    for (const [oldest, { bitmap }] of this.tiles) {
      if (this.tiles.size <= mostTiles) break;
      bitmap.close();
      this.tiles.delete(oldest);
    }
  }

  /** It is shown no more: tiles that are still to come are freed as they do. */
  clear(): void {
    this.cleared = true;
    for (const { bitmap } of this.tiles.values()) bitmap.close();
    this.tiles.clear();
  }

  /** The tile of exactly this place if it is of the current picture. */
  current(place: TilePlace): Tile | null {
    const tile = this.get(place);
    return tile?.version === this.version ? tile : null;
  }

  /**
   * What to paint for a place, best first: its own new tile, new finer ones, a new coarser one, then the same of the
   * old picture. Empty when there is nothing at all.
   */
  partsFor(place: TilePlace): readonly Part[] {
    const fresh = this.freshParts(place);
    return fresh.length > 0 ? fresh : this.accepted(place, () => true);
  }

  /** The same of the current picture alone. */
  freshParts(place: TilePlace): readonly Part[] {
    return this.accepted(place, ({ version }) => version === this.version);
  }

  private accepted(place: TilePlace, accept: (tile: Tile) => boolean): readonly Part[] {
    const own = this.get(place);
    if (own && accept(own)) return [{ tile: own, place }];
    const finer = this.finer(place, accept, 2);
    if (finer) return finer;
    const coarser = this.coarser(place, accept);
    return coarser ? [{ tile: coarser, place }] : [];
  }

  private get(place: TilePlace): Tile | null {
    const key = tileKey(place);
    const tile = this.tiles.get(key);
    if (!tile) return null;
    this.tiles.delete(key);
    this.tiles.set(key, tile);
    return tile;
  }

  private coarser(place: TilePlace, accept: (tile: Tile) => boolean): Tile | null {
    for (let up = 1; up <= levelsSearched; up += 1) {
      const tile = this.get(ancestor(place, place.level + up));
      if (tile && accept(tile)) return tile;
    }
    return null;
  }

  /** Finer tiles that fill the place completely, or null. */
  private finer(place: TilePlace, accept: (tile: Tile) => boolean, depth: number): Part[] | null {
    if (place.level === 0 || depth === 0) return null;
    const parts: Part[] = [];
    for (const child of this.children(place)) {
      const tile = this.get(child);
      if (tile && accept(tile)) parts.push({ tile, place: child });
      else {
        const deeper = this.finer(child, accept, depth - 1);
        if (!deeper) return null;
        parts.push(...deeper);
      }
    }
    return parts;
  }

  private children({ level, column, row }: TilePlace): TilePlace[] {
    const corners = [0, 1].flatMap((y) =>
      [0, 1].map((x) => ({ level: level - 1, column: column * 2 + x, row: row * 2 + y })),
    );
    return corners.filter((corner) => {
      const { width, height } = tileRegion(corner, this.size, this.tileSize);
      return width > 0 && height > 0;
    });
  }
}
