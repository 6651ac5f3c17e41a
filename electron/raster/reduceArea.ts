import type { Size } from '../contract/geometry';
import { type LineShares, lineSharesOf, type Shares, sharesOf } from './areaShares';
import { createRaster, type Raster } from './raster';

/** The size of a picture whose short side is reduced to `shortSide`; nothing is enlarged. */
export function overviewSize({ width, height }: Size, shortSide: number): Size {
  const scale = Math.min(1, shortSide / Math.min(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * A picture reduced to any smaller size, taken in strips of rows from top to bottom, so that it need never be there as a
 * whole. Every result pixel is the mean over its share of the picture; pixels that its edge cuts count in part.
 */
export class AreaReduction {
  private readonly columns: Shares;
  private readonly rows: LineShares;
  private readonly sums: Float64Array;
  private row = 0;

  constructor(
    private readonly whole: Size,
    private readonly size: Size,
    private readonly channels: Raster['channels'],
  ) {
    this.columns = sharesOf(whole.width, size.width);
    this.rows = lineSharesOf(whole.height, size.height);
    this.sums = new Float64Array(size.width * size.height * channels);
  }

  /** @param strip the next rows, in the whole's width. @throws RangeError for rows of another picture */
  add(strip: Raster): void {
    if (strip.width !== this.whole.width || this.row + strip.height > this.whole.height)
      throw new RangeError('The strip is not of this picture.');
    for (let y = 0; y < strip.height; y += 1)
      for (let channel = 0; channel < this.channels; channel += 1)
        this.addLine(strip.data, (channel * strip.height + y) * strip.width, channel, this.row + y);
    this.row += strip.height;
  }

  /** @param like a raster of the picture's kind: unit, full scale, sample type. Every pixel is known and opaque. */
  finish(like: Raster): Raster {
    if (this.row !== this.whole.height) throw new RangeError('Rows of the picture are missing.');
    const area = (this.whole.width * this.whole.height) / (this.size.width * this.size.height);
    // `Float32Array.from` would make a list of all numbers first: 0.4 GB for three megapixels in colour.
    const data = new Float32Array(this.sums.length);
    for (let i = 0; i < data.length; i += 1) data[i] = this.sums[i]! / area;
    return createRaster({ ...like, ...this.size, data, unknown: null, alpha: null });
  }

  private addLine(samples: Float32Array, begin: number, channel: number, row: number): void {
    const { sums } = this;
    const { from, to, place, weight } = this.columns;
    const { width, height } = this.size;
    const share = this.rows.share[row]!;
    const first = (channel * height + this.rows.first[row]!) * width;
    for (let run = 0; run < from.length; run += 1) {
      let sum = 0;
      for (let i = begin + from[run]!; i < begin + to[run]!; i += 1) sum += samples[i]!;
      const part = weight[run]! * sum;
      const at = first + place[run]!;
      sums[at]! += share * part;
      if (share < 1) sums[at + width]! += (1 - share) * part;
    }
  }
}
