import type { Size } from '../contract/geometry';
import { type LineShares, lineSharesOf, type Shares, sharesOf } from './areaShares';
import { createRaster, type Raster } from './raster';

/**
 * A picture reduced to any smaller size, taken in strips of rows from top to bottom, of any height, so that it need never be
 * there as a whole. Every result pixel goes by its share of the picture; pixels that its edge cuts count in part.
 */
export abstract class StripReduction {
  protected readonly columns: Shares;
  protected readonly rows: LineShares;
  /** The first row of the next strip. */
  protected row = 0;

  constructor(
    protected readonly whole: Size,
    protected readonly size: Size,
    protected readonly channels: Raster['channels'],
  ) {
    this.columns = sharesOf(whole.width, size.width);
    this.rows = lineSharesOf(whole.height, size.height);
  }

  /** @param strip the next rows, in the whole's width. @throws RangeError for rows of another picture */
  add(strip: Raster): void {
    if (strip.width !== this.whole.width || this.row + strip.height > this.whole.height)
      throw new RangeError('The strip is not of this picture.');
    this.addStrip(strip);
    this.row += strip.height;
  }

  /**
   * @param like a raster of the picture's kind: unit, full scale, sample type. Every pixel is known and opaque.
   * @throws RangeError when rows are missing
   */
  finish(like: Raster): Raster {
    if (this.row !== this.whole.height) throw new RangeError('Rows of the picture are missing.');
    return createRaster({ ...like, ...this.size, ...this.result(), unknown: null, alpha: null });
  }

  /** Pixels of the picture in one of the result. */
  protected get area(): number {
    return (this.whole.width * this.whole.height) / (this.size.width * this.size.height);
  }

  protected abstract addStrip(strip: Raster): void;

  /** The channels of the result. */
  protected abstract result(): Pick<Raster, 'channels' | 'data'>;
}
