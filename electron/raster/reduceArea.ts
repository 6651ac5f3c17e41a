import type { Size } from '../contract/geometry';
import type { Raster } from './raster';
import { StripReduction } from './stripReduction';

/** The size of a picture whose short side is reduced to `shortSide`; nothing is enlarged. */
export const overviewSize = (whole: Size, shortSide: number): Size =>
  sizeOfShortSide(whole, Math.min(shortSide, whole.width, whole.height));

/** The size of a picture of that shape whose short side has so many pixels. */
export function sizeOfShortSide({ width, height }: Size, shortSide: number): Size {
  const scale = shortSide / Math.min(width, height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** All of a picture at a size that is nowhere larger, by means; at its own size its values as they are. */
export function reducedByMeans(picture: Raster, size: Size): Raster {
  const reduction = new AreaReduction(picture, size, picture.channels);
  reduction.add(picture);
  return reduction.finish(picture);
}

/** A picture reduced by means: every result pixel is the mean over its share of the picture. */
export class AreaReduction extends StripReduction {
  private readonly sums: Float64Array;

  constructor(whole: Size, size: Size, channels: Raster['channels']) {
    super(whole, size, channels);
    this.sums = new Float64Array(size.width * size.height * channels);
  }

  protected addRows({ data, width, height }: Raster, top: number, end: number): void {
    for (let y = this.row; y < end; y += 1)
      for (let channel = 0; channel < this.channels; channel += 1)
        this.addLine(data, (channel * height + y - top) * width, channel, y);
  }

  protected result() {
    return this.meansOf(this.sums);
  }

  private addLine(samples: Float32Array, begin: number, channel: number, row: number): void {
    const { sums } = this;
    const { from, to, place, weight } = this.columns;
    const { width, height } = this.size;
    const share = this.rows.share[row]!;
    const first = (channel * height + this.rows.first[row]!) * width;
    for (let run = 0; run < from.length; run += 1) {
      let sum = 0;
      const end = begin + to[run]!;
      for (let i = begin + from[run]!; i < end; i += 1) sum += samples[i]!;
      const part = weight[run]! * sum;
      const at = first + place[run]!;
      sums[at]! += share * part;
      if (share < 1) sums[at + width]! += (1 - share) * part;
    }
  }
}
