import { randomUUID } from 'node:crypto';
import type { Processing, Step } from '../../contract/recipe';
import { fillNearest } from '../../raster/fillNearest';
import { relativeNoise } from '../../raster/noise';
import { knownRange } from '../../raster/range';
import { createRaster, type Raster, type RasterInit } from '../../raster/raster';
import type { Source } from '../store';

/** Reproducible values in 0…1 (mulberry32). */
function randomValues(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A source as opening would make it from this raster. */
export function sourceOf(init: RasterInit): Source {
  const marked = createRaster(init);
  const extent = knownRange(marked);
  const raster: Raster = extent ? { ...fillNearest(marked), unknown: marked.unknown } : marked;
  return {
    identity: randomUUID(),
    path: '/nowhere',
    raster,
    knownRange: extent,
    noise: relativeNoise(raster, extent),
    info: {
      sourceId: 's',
      fileId: 'f',
      name: 'nowhere',
      format: 'npy',
      size: { width: raster.width, height: raster.height },
      channels: raster.channels,
      hasAlpha: raster.alpha !== null,
      sampleType: raster.sampleType,
      fullScale: raster.fullScale,
      valueRange: extent ?? raster.fullScale,
      fewValues: null,
      unit: raster.unit,
      unknownPixels: raster.unknown?.reduce((sum, pixel) => sum + pixel, 0) ?? 0,
      nonFinitePixels: 0,
      unknownMarker: 'none',
      hasColourProfile: false,
      notices: [],
    },
  };
}

/** A slope with an edge and texture, in 0…255. */
export function pictureOf(width: number, height: number, channels: 1 | 3, seed = 1): RasterInit {
  const random = randomValues(seed);
  const data = Float32Array.from({ length: width * height * channels }, (_, i) => {
    const pixel = i % (width * height);
    const x = pixel % width;
    const y = Math.floor(pixel / width);
    return (x > y ? 120 : 40) + (60 * x) / width + 20 * random();
  });
  return { width, height, channels, data, fullScale: { min: 0, max: 255 }, sampleType: 'u8' };
}

export const stepOf = (filter: string, change: Partial<Step> = {}): Step => ({
  id: change.id ?? filter,
  filter,
  enabled: true,
  parameters: {},
  iterations: 1,
  guidance: 'document',
  opacity: 1,
  ...change,
});

export const processingOf = (...steps: Step[]): Processing => ({
  fit: 'refuse',
  unknown: 'keep',
  targetValues: 'continuous',
  steps,
});
