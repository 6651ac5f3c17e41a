import type { Rect, Size } from '../../electron/contract/geometry';

/** A part of a layer in layer pixels; may be fractional and may reach beyond the layer. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a tile lies in its pyramid: level 0 is full size, each next one half as large; row and column of tiles. */
export interface TilePlace {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

export const tileKey = ({ level, column, row }: TilePlace) => `${level}/${column}/${row}`;

const deepest = 12;

/** Size of a layer reduced by 2^level: what its last tiles end at. */
export const levelSize = (size: Size, level: number): Size => ({
  width: Math.max(1, Math.ceil(size.width / 2 ** level)),
  height: Math.max(1, Math.ceil(size.height / 2 ** level)),
});

/**
 * The level to draw at `zoom` device pixels per layer pixel: full size from 100 %, below that the one whose pixels come
 * closest to the screen's without being more than a quarter larger.
 */
export function levelFor(zoom: number, size: Size): number {
  const wanted = Math.floor(-Math.log2(zoom) + Math.log2(1.25));
  const last = Math.ceil(Math.log2(Math.max(size.width, size.height)));
  return Math.min(Math.max(0, wanted), last, deepest);
}

/** The level at which a layer is one tile: what it is shown by at once, and what its thumbnail is made of. */
export const baseLevel = ({ width, height }: Size, tileSize: number) =>
  Math.max(0, Math.ceil(Math.log2(Math.max(width, height) / tileSize)));

/** The pixels of a tile in its level, cut off at the layer's edge. */
export function tileRegion(place: TilePlace, size: Size, tileSize: number): Rect {
  const whole = levelSize(size, place.level);
  const x = place.column * tileSize;
  const y = place.row * tileSize;
  return {
    x,
    y,
    width: Math.min(tileSize, whole.width - x),
    height: Math.min(tileSize, whole.height - y),
  };
}

/** What a tile covers, in full-size layer pixels. */
export function tileArea(place: TilePlace, size: Size, tileSize: number): Area {
  const region = tileRegion(place, size, tileSize);
  const scale = 2 ** place.level;
  const x = region.x * scale;
  const y = region.y * scale;
  return {
    x,
    y,
    width: Math.min(region.width * scale, size.width - x),
    height: Math.min(region.height * scale, size.height - y),
  };
}

/** Tiles of a level that touch `visible` (full-size layer pixels), the middle first. */
export function visibleTiles(size: Size, level: number, visible: Area, tileSize: number): TilePlace[] {
  const whole = levelSize(size, level);
  const span = tileSize * 2 ** level;
  const range = (from: number, to: number, count: number) => {
    const first = Math.max(0, Math.floor(from / span));
    const last = Math.min(count - 1, Math.ceil(to / span) - 1);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  };
  const columns = range(visible.x, visible.x + visible.width, Math.ceil(whole.width / tileSize));
  const rows = range(visible.y, visible.y + visible.height, Math.ceil(whole.height / tileSize));
  const middle = { x: visible.x + visible.width / 2, y: visible.y + visible.height / 2 };
  const distance = ({ column, row }: TilePlace) =>
    Math.hypot((column + 0.5) * span - middle.x, (row + 0.5) * span - middle.y);
  return rows
    .flatMap((row) => columns.map((column) => ({ level, column, row })))
    .sort((a, b) => distance(a) - distance(b));
}

/** The tile of a coarser level that contains this one. */
export const ancestor = (place: TilePlace, level: number): TilePlace => {
  const factor = 2 ** (level - place.level);
  return { level, column: Math.floor(place.column / factor), row: Math.floor(place.row / factor) };
};
