import type { Range } from '../contract/geometry';
import { channelOf, createRaster, type Raster } from '../raster/raster';

/** A raster's channels, each a plane of its own, with the range of values moved to 0…1. A range without extent only moves. */
export function unitPlanes(raster: Raster, { min, max }: Range): Float32Array[] {
  const extent = extentOf({ min, max });
  return Array.from({ length: raster.channels }, (_, channel) =>
    channelOf(raster, channel).map((value) => (value - min) / extent),
  );
}

/** The way back: `like` with these planes for its channels. */
export function withUnitPlanes(like: Raster, planes: readonly Float32Array[], range: Range): Raster {
  const extent = extentOf(range);
  const data = new Float32Array(like.data.length);
  for (const [channel, plane] of planes.entries()) {
    data.set(
      plane.map((value) => value * extent + range.min),
      channel * plane.length,
    );
  }
  return createRaster({ ...like, data });
}

const extentOf = ({ min, max }: Range) => (max > min ? max - min : 1);
