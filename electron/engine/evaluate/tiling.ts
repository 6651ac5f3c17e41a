import type { Rect, Size } from '../../contract/geometry';
import type { TileNeeds } from '../../filters/filter';

/** Side of the smallest tiles, in pixels: less memory than they need is not foreseen. */
export const leastSide = 64;
/** Beyond this a tile gains little and makes the interface wait. */
const mostSide = 512;

/**
 * Side of a filter's square tiles, without halo: as large as the working memory allows, at most 512 pixels (more only
 * for filters that reach far, where the halo would be most of the work, above all networks), at least 64. There is no halo beyond
 * the picture: one that fits into the memory as a whole is one tile. One tile covers everything for a filter that needs the whole picture.
 */
export function tileSide(needs: TileNeeds, bytes: number, whole: Size): number {
  if (needs.extent === 'whole') return Math.max(whole.width, whole.height);
  const step = leastCommonMultiple(needs.multiple, leastSide);
  const halo = 2 * roundUp(needs.reach, needs.multiple);
  const withHaloOf = (side: number, length: number) => Math.min(side + halo, roundUp(length, needs.multiple));
  const fits = (side: number) =>
    withHaloOf(side, whole.width) * withHaloOf(side, whole.height) * needs.bytesPerPixel <= bytes;
  const most = Math.max(mostSide, (needs.network ? 8 : 4) * needs.reach);
  let side = step;
  while (side + step <= most && fits(side + step)) side += step;
  return side;
}

/**
 * A GPU takes tiles twice as wide: less of them is halo. 1920 × 1080 pixels of DAGF in tiles of 448 pixels took an
 * H200 1.6 times as long as in tiles of 960 (docs/results/dagf-h200.json).
 */
export const gpuTiles = 2;

/** Half a side that still falls on the filter's multiple; null when it cannot be halved any more, or must not be. */
export function halvedSide(side: number, needs: TileNeeds): number | null {
  if (needs.extent === 'whole') return null;
  const half = Math.floor(side / 2 / needs.multiple) * needs.multiple;
  return half >= Math.max(16, needs.multiple) ? half : null;
}

/** A tile and its surroundings as far as the filter reaches, aligned as it asks, as far as there is picture. */
export function withHalo(tile: Rect, needs: TileNeeds, whole: Size): Rect {
  const { reach, multiple } = needs;
  const x = Math.max(0, roundDown(tile.x - reach, multiple));
  const y = Math.max(0, roundDown(tile.y - reach, multiple));
  const right = Math.min(whole.width, roundUp(tile.x + tile.width + reach, multiple));
  const bottom = Math.min(whole.height, roundUp(tile.y + tile.height + reach, multiple));
  return { x, y, width: right - x, height: bottom - y };
}

/** The tiles of a grid of `side` that touch `region`, row by row, each cut to `within`. */
export function tilesTouching(region: Rect, side: number, within: Rect): Rect[] {
  const tiles: Rect[] = [];
  const right = Math.min(region.x + region.width, within.x + within.width);
  const bottom = Math.min(region.y + region.height, within.y + within.height);
  for (let top = roundDown(region.y, side); top < bottom; top += side) {
    for (let left = roundDown(region.x, side); left < right; left += side) {
      const tile = intersection({ x: left, y: top, width: side, height: side }, within);
      if (tile) tiles.push(tile);
    }
  }
  return tiles;
}

/** Null when two rectangles have no pixel in common. */
export function intersection(a: Rect, b: Rect): Rect | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

const roundDown = (value: number, multiple: number) => Math.floor(value / multiple) * multiple;
const roundUp = (value: number, multiple: number) => Math.ceil(value / multiple) * multiple;

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
