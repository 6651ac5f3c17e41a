import { around, type Rect } from '../../electron/contract/geometry';
import type { Want } from './scheduler';
import { tileKey } from './tiles';

/** Tiles that are asked for together: they are all of `region`. */
export interface Block {
  readonly wants: readonly Want[];
  /** In pixels of the tiles' level. */
  readonly region: Rect;
}

/**
 * The tiles among `wants` that lie with `first` in one square of `side` × `side` tiles, whose places are multiples of
 * it: kept tiles of the engine are such squares, and are then read without being put together. `first` alone where
 * the others do not fill a rectangle with it.
 */
export function blockOf(first: Want, wants: readonly Want[], side: number): Block {
  const square = ({ place: { level, column, row }, layer, version }: Want) =>
    `${layer} ${version} ${tileKey({ level, column: Math.floor(column / side), row: Math.floor(row / side) })}`;
  const own = square(first);
  const together = wants.filter((want) => square(want) === own);
  const region = around(together.map(({ request }) => request.region));
  const covered = together.reduce((sum, { request }) => sum + areaOf(request.region), 0);
  return covered === areaOf(region)
    ? { wants: together, region }
    : { wants: [first], region: first.request.region };
}

const areaOf = ({ width, height }: Rect) => width * height;
