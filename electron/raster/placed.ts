import type { Rect } from '../contract/geometry';
import { cropRaster } from './crop';
import type { Raster } from './raster';

/** A raster that lies somewhere on a grid: column x of it is column `offset.x + x` there; y alike. */
export interface PlacedRaster {
  readonly raster: Raster;
  readonly offset: { readonly x: number; readonly y: number };
}

/** A region of the grid in the raster's own pixels. */
export const within = ({ offset }: Pick<PlacedRaster, 'offset'>, region: Rect): Rect => ({
  ...region,
  x: region.x - offset.x,
  y: region.y - offset.y,
});

/** A copy of one region of the grid; the raster itself when that is all of it. */
export const partOf = (placed: PlacedRaster, region: Rect): Raster =>
  cropRaster(placed.raster, within(placed, region));
