import type { Size } from '../contract/geometry';
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
  private readonly columns: readonly Share[];
  private readonly rows: readonly Share[];
  private readonly sums: Float64Array;
  private row = 0;

  constructor(
    private readonly whole: Size,
    private readonly size: Size,
    private readonly channels: Raster['channels'],
  ) {
    this.columns = sharesOf(whole.width, size.width);
    this.rows = sharesOf(whole.height, size.height);
    this.sums = new Float64Array(size.width * size.height * channels);
  }

  /** @param strip the next rows, in the whole's width. @throws RangeError for rows of another picture */
  add(strip: Raster): void {
    if (strip.width !== this.whole.width || this.row + strip.height > this.whole.height)
      throw new RangeError('The strip is not of this picture.');
    const { width, height } = this.size;
    const line = new Float64Array(width);
    for (let y = 0; y < strip.height; y += 1) {
      const { first, share } = this.rows[this.row + y]!;
      for (let channel = 0; channel < this.channels; channel += 1) {
        const begin = (channel * strip.height + y) * strip.width;
        this.reduceLine(strip.data.subarray(begin, begin + strip.width), line);
        const place = (channel * height + first) * width;
        for (let x = 0; x < width; x += 1) this.sums[place + x]! += share * line[x]!;
        if (share === 1) continue;
        for (let x = 0; x < width; x += 1) this.sums[place + width + x]! += (1 - share) * line[x]!;
      }
    }
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

  private reduceLine(from: Float32Array, line: Float64Array): void {
    line.fill(0);
    for (let x = 0; x < from.length; x += 1) {
      const { first, share } = this.columns[x]!;
      const value = from[x]!;
      line[first]! += share * value;
      if (share < 1) line[first + 1]! += (1 - share) * value;
    }
  }
}

/** Which result pixel a pixel belongs to, and how much of it; the rest belongs to the next one. */
interface Share {
  readonly first: number;
  readonly share: number;
}

function sharesOf(length: number, shorter: number): Share[] {
  const extent = length / shorter;
  return Array.from({ length }, (_, pixel) => {
    const first = Math.min(shorter - 1, Math.floor(pixel / extent));
    const share = first === shorter - 1 ? 1 : Math.min(1, (first + 1) * extent - pixel);
    return { first, share };
  });
}
