import type { Rect } from '../../contract/geometry';
import { channelOf, type Raster } from '../../raster/raster';
import type { RangeWeights } from './rangeWeights';
import type { Samples } from './samples';
import { endWithin, firstWithin, type SpatialWeights } from './spatialWeights';

export interface BilateralWindow {
  readonly radius: number;
  readonly columns: SpatialWeights;
  readonly rows: SpatialWeights;
  readonly range: RangeWeights;
}

/** Less weight than this in a whole window is no evidence: its guidance is unlike all samples. */
const leastTotal = 1e-8;

/**
 * The mean of the samples in a disc around every pixel of `region`, weighted by nearness and by likeness of the
 * guidance, into `out`, a plane a channel. What no sample is like is left as it is in `out`.
 */
export function weightedMeans(
  region: Rect,
  guidance: Raster,
  samples: Samples,
  window: BilateralWindow,
  out: readonly Float32Array[],
): void {
  const { radius, columns, rows, range } = window;
  const [red, green, blue] = guideOf(guidance);
  const [sampleRed, sampleGreen, sampleBlue] = three(samples.guidance);
  const [first, second, third] = three(samples.target);
  const [outFirst, outSecond, outThird] = three(out);
  const colour = guidance.channels === 3;
  const several = out.length === 3;
  const { values, bins } = range;
  // Over the mean of the squares, so that grey and the same grey in three channels weigh alike.
  const scale = range.scale / guidance.channels;
  const stride = samples.columns.count;

  for (let y = 0, pixel = 0; y < region.height; y += 1) {
    const centreY = rows.positions[y]!;
    const top = firstWithin(centreY, radius, samples.rows);
    const bottom = endWithin(centreY, radius, samples.rows);
    for (let x = 0; x < region.width; x += 1, pixel += 1) {
      const centreX = columns.positions[x]!;
      const [r, g, b] = [red[pixel]!, green[pixel]!, blue[pixel]!];
      let total = 0;
      let sumFirst = 0;
      let sumSecond = 0;
      let sumThird = 0;
      for (let row = top; row < bottom; row += 1) {
        const away = row - centreY;
        const reach = Math.sqrt(radius * radius - away * away);
        const left = firstWithin(centreX, reach, samples.columns);
        const right = endWithin(centreX, reach, samples.columns);
        const rowWeight = rows.weights[y * rows.taps + row - rows.firsts[y]!]!;
        const toWeight = x * columns.taps - columns.firsts[x]!;
        const toSample = (row - samples.rows.first) * stride - samples.columns.first;
        for (let column = left; column < right; column += 1) {
          const sample = toSample + column;
          let difference = r - sampleRed[sample]!;
          let squares = difference * difference;
          if (colour) {
            difference = g - sampleGreen[sample]!;
            squares += difference * difference;
            difference = b - sampleBlue[sample]!;
            squares += difference * difference;
          }
          const place = squares * scale;
          if (!(place < bins)) continue;
          const bin = place | 0;
          const likeness = values[bin]! + (place - bin) * (values[bin + 1]! - values[bin]!);
          const weight = likeness * rowWeight * columns.weights[toWeight + column]!;
          total += weight;
          sumFirst += weight * first[sample]!;
          if (several) {
            sumSecond += weight * second[sample]!;
            sumThird += weight * third[sample]!;
          }
        }
      }
      if (total < leastTotal) continue;
      outFirst[pixel] = sumFirst / total;
      if (several) {
        outSecond[pixel] = sumSecond / total;
        outThird[pixel] = sumThird / total;
      }
    }
  }
}

type Planes = readonly [Float32Array, Float32Array, Float32Array];

const guideOf = (guidance: Raster): Planes =>
  three(Array.from({ length: guidance.channels }, (_, channel) => channelOf(guidance, channel)));

/** A lone plane stands for all three, which are then not read. */
function three([first, second, third]: readonly Float32Array[]): Planes {
  if (!first) throw new TypeError('A picture without channels.');
  return [first, second ?? first, third ?? first];
}
