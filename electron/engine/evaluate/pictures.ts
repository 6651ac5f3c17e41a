import type { Range, Rect, Size } from '../../contract/geometry';
import { createRaster, type Raster } from '../../raster/raster';
import { toUnitScale } from '../../raster/unitScale';
import type { Run } from './run';

/** A document's target on its own grid, unknown pixels filled and marked. */
export interface TargetPicture {
  /** Names its content. */
  readonly key: string;
  readonly raster: Raster;
  /** Extent of the known values of the whole target at full size. */
  readonly valueRange: Range;
  /** Estimated noise of the whole target at full size, as a share of its range; 0 for classes. */
  readonly noise: number;
}

/** A document's guidance on the result's grid. */
export interface GuidancePicture {
  readonly key: string;
  /** Values scaled to 0…1. */
  read(region: Rect, run: Run): Promise<Raster>;
}

/** What a chain of filters works on: at full size, or reduced for a preview. */
export interface Pictures {
  readonly size: Size;
  readonly factor: { readonly x: number; readonly y: number };
  readonly target: TargetPicture;
  readonly guidance: GuidancePicture | null;
}

/** Whether the target's grid is coarser than the result's. */
export const isEnlarged = ({ factor }: Pick<Pictures, 'factor'>) => factor.x !== 1 || factor.y !== 1;

/** A picture's values alone, scaled to 0…1: what filters see of a guidance. */
export const asGuidance = (raster: Raster): Raster =>
  toUnitScale(createRaster({ ...raster, alpha: null, unknown: null }));
