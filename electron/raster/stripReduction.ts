import type { Size } from '../contract/geometry';
import { type LineShares, lineSharesOf, type Shares, sharesOf } from './areaShares';
import { createRaster, type Raster } from './raster';

/** The channels of a result. */
type Planes = Pick<Raster, 'channels' | 'data'>;

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

  /**
   * @param strip the next rows, in the whole's width; more than those where the others are left out
   * @param first the strip's row that is next
   * @param count how many rows are taken from there
   * @throws RangeError for rows of another picture
   */
  add(strip: Raster, first = 0, count = strip.height - first): void {
    const end = this.row + count;
    if (strip.width !== this.whole.width || first + count > strip.height || end > this.whole.height)
      throw new RangeError('The strip is not of this picture.');
    this.addRows(strip, this.row - first, end);
    this.row = end;
  }

  /**
   * @param like a raster of the picture's kind: unit, full scale, sample type. Every pixel is known and opaque.
   * @throws RangeError when rows are missing
   */
  finish(like: Raster): Raster {
    return this.finished(like, this.result());
  }

  /** @throws RangeError when rows are missing */
  protected finished(like: Raster, result: Planes): Raster {
    if (this.row !== this.whole.height) throw new RangeError('Rows of the picture are missing.');
    return createRaster({ ...like, ...this.size, ...result, unknown: null, alpha: null });
  }

  /** The channels' means, from the sums over what belongs to every pixel. */
  protected meansOf(sums: Float64Array): Planes {
    const { area, channels } = this;
    // `Float32Array.from` would make a list of all numbers first: 0.4 GB for three megapixels in colour.
    const data = new Float32Array(sums.length);
    for (let i = 0; i < data.length; i += 1) data[i] = sums[i]! / area;
    return { channels, data };
  }

  /** Pixels of the picture in one of the result. */
  protected get area(): number {
    return (this.whole.width * this.whole.height) / (this.size.width * this.size.height);
  }

  /** Takes the rows from `row` up to before `end`; the strip begins with row `top`, all three counted in the whole. */
  protected abstract addRows(strip: Raster, top: number, end: number): void;

  protected abstract result(): Planes;
}
