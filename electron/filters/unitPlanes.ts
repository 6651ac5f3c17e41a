import type { Range } from '../contract/geometry';
import { channelOf, createRaster, type Raster } from '../raster/raster';

/** A raster's channels, each a plane of its own, with the range of values moved to 0…1. A range without extent only moves. */
export function unitPlanes(raster: Raster, { min, max }: Range): Float32Array[] {
  const extent = extentOf({ min, max });
  return Array.from({ length: raster.channels }, (_, channel) => {
    const values = channelOf(raster, channel);
    const plane = new Float32Array(values.length);
    for (let i = 0; i < plane.length; i += 1) plane[i] = (values[i]! - min) / extent;
    return plane;
  });
}

/** The way back: `like` with these planes for its channels. */
export function withUnitPlanes(like: Raster, planes: readonly Float32Array[], range: Range): Raster {
  const extent = extentOf(range);
  const data = new Float32Array(like.data.length);
  for (const [channel, plane] of planes.entries()) {
    const values = data.subarray(channel * plane.length, (channel + 1) * plane.length);
    for (let i = 0; i < plane.length; i += 1) values[i] = plane[i]! * extent + range.min;
  }
  return createRaster({ ...like, data });
}

/** Planes without what is beyond 0…1. */
export const clippedPlanes = (planes: readonly Float32Array[]): Float32Array[] =>
  planes.map((plane) => plane.map((value) => Math.min(1, Math.max(0, value))));

/** By what values are divided. */
export const extentOf = ({ min, max }: Range) => (max > min ? max - min : 1);
