import { SidelightError } from '../contract/errors';
import type { Rect } from '../contract/geometry';
import { createRaster, type Raster } from './raster';

/** A class map, read: every distinct value, or colour, is a label. */
export interface LabelMap {
  /** Width × height: the place in `labels` of each pixel's label. */
  readonly indices: Uint16Array;
  /** A label's value in every channel, in order of their first appearance. */
  readonly labels: readonly (readonly number[])[];
}

/** More are no classes but amounts, or the traces of lossy compression. */
const mostLabels = 4096;

const known = new WeakMap<Raster, LabelMap>();

/** The labels of a class map, found once. @throws SidelightError classes-too-many */
export function labelMapOf(raster: Raster): LabelMap {
  const map = known.get(raster) ?? findLabels(raster);
  known.set(raster, map);
  return map;
}

function findLabels({ width, height, channels, data }: Raster): LabelMap {
  const pixels = width * height;
  const indices = new Uint16Array(pixels);
  const places = new Map<string | number, number>();
  const labels: number[][] = [];
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const first = data[pixel]!;
    const key = channels === 1 ? first : `${first},${data[pixels + pixel]},${data[2 * pixels + pixel]}`;
    let place = places.get(key);
    if (place === undefined) {
      place = labels.length;
      if (place === mostLabels) throw tooMany();
      places.set(key, place);
      labels.push(Array.from({ length: channels }, (_, channel) => data[channel * pixels + pixel]!));
    }
    indices[pixel] = place;
  }
  return { indices, labels };
}

/** The values of a one-channel map in order, if there are at most so many; else null. */
export function fewValues({ channels, data }: Raster, most: number): number[] | null {
  if (channels !== 1) return null;
  const found = new Set<number>();
  for (const value of data) {
    found.add(value);
    if (found.size > most) return null;
  }
  return [...found].sort((a, b) => a - b);
}

/** Where a label is: one channel, 1 at its pixels and 0 elsewhere. */
export function oneHot({ width, height }: Raster, { indices }: LabelMap, label: number): Raster {
  const data = new Float32Array(width * height);
  for (let pixel = 0; pixel < data.length; pixel += 1) if (indices[pixel] === label) data[pixel] = 1;
  return createRaster({ width, height, channels: 1, data });
}

/** The labels that occur in a region, in order; the region is cut to the map. */
export function labelsIn({ width, height }: Raster, { indices, labels }: LabelMap, region: Rect): number[] {
  const found = new Uint8Array(labels.length);
  const right = Math.min(width, region.x + region.width);
  for (let y = region.y; y < Math.min(height, region.y + region.height); y += 1)
    for (let x = region.x; x < right; x += 1) found[indices[y * width + x]!] = 1;
  return [...found.keys()].filter((label) => found[label]);
}

const tooMany = () =>
  new SidelightError(
    'classes-too-many',
    `The target has more than ${mostLabels} different values: it is no class map.`,
    'Filter it as continuous values, or open a class map that was stored without loss (PNG, not JPEG).',
  );
