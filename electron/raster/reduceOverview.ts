import type { Size } from '../contract/geometry';
import type { Raster } from './raster';
import { AreaReduction, overviewSize } from './reduceArea';
import { TextureReduction } from './reduceTexture';
import type { StripReduction } from './stripReduction';

export interface OverviewSpec {
  readonly size: Size;
  /** Whether the texture inside its pixels is wanted, too. */
  readonly texture: boolean;
}

/** A picture reduced to so many pixels on its short side. */
export const overviewSpec = (
  whole: Size,
  { shortSide, texture = false }: { readonly shortSide: number; readonly texture?: boolean },
): OverviewSpec => ({ size: overviewSize(whole, shortSide), texture });

/** All of a picture in small. */
export interface OverviewRasters {
  readonly picture: Raster;
  /** Deviation and differences inside every pixel (see `TextureReduction`); null when nobody asked for it. */
  readonly texture: Raster | null;
}

/** A picture, taken in strips of rows from top to bottom, reduced by means over areas, with its texture where that is wanted. */
export class OverviewReduction {
  private readonly reduction: AreaReduction | TextureReduction;

  constructor(whole: Size, { size, texture }: OverviewSpec, channels: Raster['channels']) {
    this.reduction = new (texture ? TextureReduction : AreaReduction)(whole, size, channels);
  }

  /** As `StripReduction.add`. */
  add(...rows: Parameters<StripReduction['add']>): void {
    this.reduction.add(...rows);
  }

  /** @param like a raster of the picture's kind: unit, full scale, sample type */
  finish(like: Raster): OverviewRasters {
    const { reduction } = this;
    const small = reduction.finish(like);
    if (reduction instanceof TextureReduction) return { picture: reduction.means(like), texture: small };
    return { picture: small, texture: null };
  }
}
