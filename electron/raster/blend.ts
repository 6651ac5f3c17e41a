import type { Rect } from '../contract/geometry';
import { checkInside, croppedMasks } from './crop';
import { type PlacedRaster, within } from './placed';
import { channelOf, createRaster, type Raster } from './raster';
import type { SampleMemory } from './sampleMemory';

/**
 * `share` of one raster and the rest of another, over a region of the grid that both cover. A map over a picture, or a
 * picture over a map: the one channel counts for all three. Unit, full scale and the like are those of the one with more
 * channels, the first one's when they are equal.
 * @param memory where to put the samples; memory of their own when left out
 * @throws RangeError when one of them does not cover the region
 */
export function blend(
  over: PlacedRaster,
  under: PlacedRaster,
  region: Rect,
  share: number,
  memory?: SampleMemory,
): Raster {
  const { width, height } = region;
  const like = over.raster.channels >= under.raster.channels ? over : under;
  const length = width * height * like.raster.channels;
  const data = memory?.take(length) ?? new Float32Array(length);
  for (let channel = 0; channel < like.raster.channels; channel += 1) {
    const [a, b] = [over, under].map((placed) => planeOf(placed, region, channel)) as [Plane, Plane];
    blendPlane(data.subarray(channel * width * height, (channel + 1) * width * height), width, a, b, share);
  }
  // Only samples are blended: what else each pixel carries is cut out as it is.
  const masks = croppedMasks(like.raster, within(like, region));
  return createRaster({ ...like.raster, width, height, data, ...masks });
}

interface Plane {
  readonly samples: Float32Array;
  readonly stride: number;
  /** Index of the region's first sample. */
  readonly start: number;
}

function planeOf(placed: PlacedRaster, region: Rect, channel: number): Plane {
  const { raster } = placed;
  const part = within(placed, region);
  checkInside(raster, part);
  const samples = channelOf(raster, raster.channels === 1 ? 0 : channel);
  return { samples, stride: raster.width, start: part.y * raster.width + part.x };
}

/** In a function of its own, so that nothing is looked up within the loop. */
function blendPlane(out: Float32Array, width: number, a: Plane, b: Plane, share: number): void {
  const over = a.samples;
  const under = b.samples;
  const rest = 1 - share;
  for (let to = 0, fromA = a.start, fromB = b.start; to < out.length; to += width) {
    for (let x = 0; x < width; x += 1) out[to + x] = share * over[fromA + x]! + rest * under[fromB + x]!;
    fromA += a.stride;
    fromB += b.stride;
  }
}
