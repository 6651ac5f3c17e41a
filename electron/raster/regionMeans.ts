import type { Rect, Size } from '../contract/geometry';
import { createRaster, type Raster } from './raster';

/** Pixels of a picture that are read at a time: what a region covers is never there as a whole. */
const bandPixels = 2 ** 20;

/**
 * A region of a picture's grid of another size: every pixel of it is the mean over its share of the picture, of whose pixels those that
 * its edge cuts count in part, also where that share is smaller than a pixel. A region has the values that all of the grid has there.
 * @param whole size of the picture
 * @param size of all of the grid, a picture's worth; finer or coarser along either side
 * @param region of the grid, inside it
 * @param read gives exactly this part of the picture; asked from top to bottom, some rows twice
 * @returns of the picture's kind. Every pixel is known and opaque.
 */
export async function regionByMeans(
  whole: Size,
  size: Size,
  region: Rect,
  read: (part: Rect) => Promise<Raster>,
): Promise<Raster> {
  const columns = sharesWithin(whole.width, size.width, region.x, region.width);
  const rows = sharesWithin(whole.height, size.height, region.y, region.height);
  const { first: x, end: right } = columns;
  const perBand = bandPixels / ((right - x) * (whole.height / size.height));
  const step = Math.max(1, Math.floor(perBand));
  let result: Raster | null = null;
  for (let top = 0; top < region.height; top += step) {
    const bottom = Math.min(region.height, top + step);
    const y = rows.from[top]!;
    const band = await read({ x, y, width: right - x, height: rows.last[bottom - 1]! + 1 - y });
    result ??= emptyLike(band, region);
    for (let row = top; row < bottom; row += 1) addRow(result, row, band, y, columns, rows);
  }
  if (!result) throw new RangeError('A region without rows.');
  return result;
}

const emptyLike = (like: Raster, { width, height }: Size): Raster => {
  const data = new Float32Array(width * height * like.channels);
  return createRaster({ ...like, width, height, data, unknown: null, alpha: null });
};

/**
 * What each pixel of a stretch of a line is the mean of: pixels `from` … `last` of another line, by their weights, whose sum is 1: the
 * first one's, that of each between them, and the last one's, which is 0 where there is only one pixel.
 */
interface Shares {
  readonly from: Int32Array;
  readonly last: Int32Array;
  readonly ofFirst: Float64Array;
  readonly ofInner: Float64Array;
  readonly ofLast: Float64Array;
  /** The first pixel of all, and the one after the last. */
  readonly first: number;
  readonly end: number;
}

/** Pixels `first` … `first + count` of a line of `pixels`, laid over one of `length`. */
function sharesWithin(length: number, pixels: number, first: number, count: number): Shares {
  const [from, last] = [new Int32Array(count), new Int32Array(count)];
  const [ofFirst, ofInner, ofLast] = [0, 1, 2].map(() => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < count; i += 1) {
    // The product is exact, so that ends fall on pixels exactly where they should.
    const [begin, end] = [((first + i) * length) / pixels, ((first + i + 1) * length) / pixels];
    from[i] = Math.floor(begin);
    last[i] = Math.ceil(end) - 1;
    const isOne = from[i] === last[i];
    ofFirst[i] = isOne ? 1 : (from[i]! + 1 - begin) / (end - begin);
    ofInner[i] = 1 / (end - begin);
    ofLast[i] = isOne ? 0 : (end - last[i]!) / (end - begin);
  }
  return { from, last, ofFirst, ofInner, ofLast, first: from[0]!, end: last[count - 1]! + 1 };
}

/**
 * Rows first: a loop over neighbours is the quickest, and columns remain to be summed up once.
 * @param top the picture's row that `band` begins with; its first column is the first of `columns`
 */
function addRow(result: Raster, row: number, band: Raster, top: number, columns: Shares, rows: Shares): void {
  const [from, last] = [rows.from[row]!, rows.last[row]!];
  const { data } = band;
  const line = new Float64Array(band.width);
  for (let channel = 0; channel < band.channels; channel += 1) {
    line.fill(0);
    for (let y = from; y <= last; y += 1) {
      const weight = y === from ? rows.ofFirst[row]! : y === last ? rows.ofLast[row]! : rows.ofInner[row]!;
      const begin = (channel * band.height + y - top) * band.width;
      for (let x = 0; x < line.length; x += 1) line[x]! += weight * data[begin + x]!;
    }
    writeMeans(line, columns, result.data, (channel * result.height + row) * result.width);
  }
}

function writeMeans(line: Float64Array, columns: Shares, out: Float32Array, begin: number): void {
  const { from, last, ofFirst, ofInner, ofLast, first } = columns;
  for (let x = 0; x < from.length; x += 1) {
    const [start, end] = [from[x]! - first, last[x]! - first];
    let mean = ofFirst[x]! * line[start]!;
    if (end > start) {
      let inner = 0;
      for (let i = start + 1; i < end; i += 1) inner += line[i]!;
      mean += ofInner[x]! * inner + ofLast[x]! * line[end]!;
    }
    out[begin + x] = mean;
  }
}
