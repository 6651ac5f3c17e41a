import type { Rect } from '../contract/geometry';
import { cropRaster } from './crop';
import { channelOf, createRaster, type Raster } from './raster';
import type { SampleMemory } from './sampleMemory';
import type { GridView } from './upsample';

/** A raster that lies somewhere on a grid: column x of it is column `offset.x + x` there; y alike. */
export type PlacedRaster = Pick<GridView, 'raster' | 'offset'>;

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
  const { alpha, unknown } = like.raster;
  const carried = alpha || unknown ? partOf(like, region) : { alpha, unknown };
  return createRaster({
    ...like.raster,
    width,
    height,
    data,
    alpha: carried.alpha,
    unknown: carried.unknown,
  });
}

/** A copy of one region of the grid; the raster itself when that is all of it. */
export function partOf({ raster, offset }: PlacedRaster, region: Rect): Raster {
  return cropRaster(raster, { ...region, x: region.x - offset.x, y: region.y - offset.y });
}

interface Plane {
  readonly samples: Float32Array;
  readonly stride: number;
  /** Index of the region's first sample. */
  readonly start: number;
}

function planeOf({ raster, offset }: PlacedRaster, region: Rect, channel: number): Plane {
  const x = region.x - offset.x;
  const y = region.y - offset.y;
  if (x < 0 || y < 0 || x + region.width > raster.width || y + region.height > raster.height)
    throw new RangeError(
      `${region.width} × ${region.height} at (${x}, ${y}) is not inside a raster of ${raster.width} × ${raster.height}.`,
    );
  const samples = channelOf(raster, raster.channels === 1 ? 0 : channel);
  return { samples, stride: raster.width, start: y * raster.width + x };
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
