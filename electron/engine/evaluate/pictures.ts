import type { Range, Rect, Size } from '../../contract/geometry';
import type { Raster } from '../../raster/raster';

/** A document's target on its own grid, unknown pixels filled and marked. */
export interface TargetPicture {
  /** Names its content. */
  readonly key: string;
  readonly raster: Raster;
  /** Extent of the known values of the whole target at full size. */
  readonly valueRange: Range;
}

/** A document's guidance on the result's grid. */
export interface GuidancePicture {
  readonly key: string;
  readonly size: Size;
  /** Values scaled to 0…1. */
  read(region: Rect): Raster;
}

/** What a chain of filters works on: at full size, or reduced for a preview. */
export interface Pictures {
  readonly size: Size;
  readonly factor: { readonly x: number; readonly y: number };
  readonly target: TargetPicture;
  readonly guidance: GuidancePicture | null;
}
