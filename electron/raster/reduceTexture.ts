import type { Size } from '../contract/geometry';
import type { Raster } from './raster';
import { StripReduction } from './stripReduction';

/** Pixels between those whose differences are taken; `addLine` names the samples to the left by them. */
const near = 1;
const far = 4;

/**
 * What a reduction by means leaves out: how a picture varies within every result pixel, in three planes in the picture's unit.
 * The first is the standard deviation, the others are root mean square differences to the pixels left and above at a lag of
 * 1 and of 4 pixels; all are means over the channels, and beyond the picture's edge its border pixels are repeated. The picture's
 * own means are taken on the way: one more sum is nothing beside the others, a pass of its own half as much as all of them.
 */
export class TextureReduction extends StripReduction {
  private readonly sums: Float64Array;
  private readonly offsets: Float64Array;
  private readonly squares: Float64Array;
  private readonly nearDifferences: Float64Array;
  private readonly farDifferences: Float64Array;
  /** The last rows before the strip, row y at y modulo their number, channel by channel. */
  private readonly before: Float32Array;
  /** Offsets, and their squares, are from this, one for each channel: those of large values lose small deviations. */
  private readonly reference: Float64Array;

  constructor(whole: Size, size: Size, channels: Raster['channels']) {
    super(whole, size, channels);
    const pixels = size.width * size.height;
    this.sums = new Float64Array(pixels * channels);
    this.offsets = new Float64Array(pixels * channels);
    this.squares = new Float64Array(pixels);
    this.nearDifferences = new Float64Array(pixels);
    this.farDifferences = new Float64Array(pixels);
    this.before = new Float32Array(channels * far * whole.width);
    this.reference = new Float64Array(channels);
  }

  /** What `AreaReduction` makes of the picture, to the last bit; for `like` see `finish`. */
  means(like: Raster): Raster {
    return this.finished(like, this.meansOf(this.sums));
  }

  protected addRows(strip: Raster, top: number, end: number): void {
    for (let channel = 0; channel < this.channels; channel += 1) {
      if (this.row === 0) this.reference[channel] = strip.data[(channel * strip.height - top) * strip.width]!;
      for (let y = this.row; y < end; y += 1) this.addLine(strip, top, channel, y);
      this.keepLast(strip, top, channel, end);
    }
  }

  protected result() {
    const { squares, nearDifferences, farDifferences } = this;
    const pixels = squares.length;
    const count = this.channels * this.area;
    const data = new Float32Array(3 * pixels);
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      data[pixel] = Math.sqrt(Math.max(0, squares[pixel]! / count - this.squareOfMeans(pixel)));
      data[pixels + pixel] = Math.sqrt(nearDifferences[pixel]! / (2 * count));
      data[2 * pixels + pixel] = Math.sqrt(farDifferences[pixel]! / (2 * count));
    }
    return { channels: 3 as const, data };
  }

  /** Mean over the channels. */
  private squareOfMeans(pixel: number): number {
    const pixels = this.squares.length;
    const { area } = this;
    let sum = 0;
    for (let channel = 0; channel < this.channels; channel += 1)
      sum += (this.offsets[channel * pixels + pixel]! / area) ** 2;
    return sum / this.channels;
  }

  private addLine(strip: Raster, top: number, channel: number, y: number): void {
    const { sums, offsets, squares, nearDifferences, farDifferences } = this;
    const { from, to, place, weight } = this.columns;
    const { width, height } = this.size;
    const reference = this.reference[channel]!;
    const samples = strip.data;
    const begin = this.beginOf(strip, top, channel, y);
    const [nearRow, farRow] = [Math.max(0, y - near), Math.max(0, y - far)];
    const nearAbove = nearRow < this.row ? this.before : samples;
    const farAbove = farRow < this.row ? this.before : samples;
    // What leads from a pixel to the one above it.
    const toNear = this.beginOf(strip, top, channel, nearRow) - begin;
    const toFar = this.beginOf(strip, top, channel, farRow) - begin;
    const share = this.rows.share[y]!;
    const first = this.rows.first[y]! * width;
    const ofChannel = channel * width * height;
    for (let run = 0; run < from.length; run += 1) {
      let sum = 0;
      let offset = 0;
      let square = 0;
      let nearSquare = 0;
      let farSquare = 0;
      const runBegin = begin + from[run]!;
      const runEnd = begin + to[run]!;
      // The samples to the left are handed on from pixel to pixel: only where a run begins are they looked up.
      let left = samples[Math.max(begin, runBegin - 1)]!;
      let left2 = samples[Math.max(begin, runBegin - 2)]!;
      let left3 = samples[Math.max(begin, runBegin - 3)]!;
      let left4 = samples[Math.max(begin, runBegin - 4)]!;
      for (let i = runBegin; i < runEnd; i += 1) {
        const sample = samples[i]!;
        const off = sample - reference;
        const nearAcross = sample - left;
        const nearDown = sample - nearAbove[i + toNear]!;
        const farAcross = sample - left4;
        const farDown = sample - farAbove[i + toFar]!;
        sum += sample;
        offset += off;
        square += off * off;
        nearSquare += nearAcross * nearAcross + nearDown * nearDown;
        farSquare += farAcross * farAcross + farDown * farDown;
        left4 = left3;
        left3 = left2;
        left2 = left;
        left = sample;
      }
      const at = first + place[run]!;
      for (let below = 0; below < 2; below += 1) {
        const shareOfRow = below === 0 ? share : 1 - share;
        if (shareOfRow === 0) break;
        const part = weight[run]! * shareOfRow;
        const pixel = at + below * width;
        // Multiplied in the order in which `AreaReduction` does.
        sums[ofChannel + pixel]! += shareOfRow * (weight[run]! * sum);
        offsets[ofChannel + pixel]! += part * offset;
        squares[pixel]! += part * square;
        nearDifferences[pixel]! += part * nearSquare;
        farDifferences[pixel]! += part * farSquare;
      }
    }
  }

  /** Where a row begins: in the strip, or in what is kept of the rows before it. */
  private beginOf({ width, height }: Size, top: number, channel: number, y: number): number {
    return y < this.row ? (channel * far + (y % far)) * width : (channel * height + y - top) * width;
  }

  private keepLast({ width, height, data }: Raster, top: number, channel: number, end: number): void {
    for (let y = Math.max(this.row, end - far); y < end; y += 1) {
      const begin = (channel * height + y - top) * width;
      const place = (channel * far + (y % far)) * width;
      this.before.set(data.subarray(begin, begin + width), place);
    }
  }
}
