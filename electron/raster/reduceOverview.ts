import type { Size } from '../contract/geometry';
import type { Raster } from './raster';
import { AreaReduction, overviewSize } from './reduceArea';
import { TextureReduction } from './reduceTexture';

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
  private readonly area: AreaReduction;
  private readonly texture: TextureReduction | null;

  constructor(whole: Size, { size, texture }: OverviewSpec, channels: Raster['channels']) {
    this.area = new AreaReduction(whole, size, channels);
    this.texture = texture ? new TextureReduction(whole, size, channels) : null;
  }

  /** @param strip the next rows, in the whole's width. @throws RangeError for rows of another picture */
  add(strip: Raster): void {
    this.area.add(strip);
    this.texture?.add(strip);
  }

  /** @param like a raster of the picture's kind: unit, full scale, sample type */
  finish(like: Raster): OverviewRasters {
    return { picture: this.area.finish(like), texture: this.texture?.finish(like) ?? null };
  }
}
