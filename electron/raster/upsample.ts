import type { Rect, Size } from '../contract/geometry';
import { cubicKernel } from './cubic';
import { type PlacedRaster, partOf } from './placed';
import { createRaster, type Raster } from './raster';

/**
 * A raster, or a part of one, seen from a finer grid that is centred on it. Fine pixel centre x lies at column
 * `(x + 0.5) / factor.x - 0.5` of the whole coarse picture, whose columns from `offset.x` on are `raster`'s; y alike.
 */
export interface GridView extends PlacedRaster {
  /** Fine pixels per coarse pixel, at least 1. */
  readonly factor: { readonly x: number; readonly y: number };
  /** Size of the whole coarse picture. Samples beyond it are replicated from its edge. */
  readonly whole: Size;
}

/**
 * Bicubic interpolation (a = −0.5, replicated edges) of `region` of the fine grid; where the target is coarser it may begin between
 * pixels, or outside. A pixel's value depends on its place alone: any split of a picture into regions gives exactly the same values.
 * Unknown pixels must have been filled; the result knows every pixel.
 * @throws RangeError when the view's raster does not reach as far as the region needs (see `coarseRegion`)
 */
export function upsampleBicubic(view: GridView, region: Rect): Raster {
  const { raster, factor, offset } = view;
  if (!isCoarser(view)) return { ...partOf(view, region), unknown: null };
  const columns = cubicTaps(region.x, region.width, factor.x, view.whole.width, offset.x, raster.width);
  const rows = cubicTaps(region.y, region.height, factor.y, view.whole.height, offset.y, raster.height);
  const pixels = region.width * region.height;
  const coarsePixels = raster.width * raster.height;
  const data = new Float32Array(pixels * raster.channels);
  for (let channel = 0; channel < raster.channels; channel += 1) {
    const plane = raster.data.subarray(channel * coarsePixels, (channel + 1) * coarsePixels);
    interpolate(plane, raster.width, columns, rows, data.subarray(channel * pixels, (channel + 1) * pixels));
  }
  let alpha: Float32Array | null = null;
  if (raster.alpha) {
    alpha = new Float32Array(pixels);
    interpolate(raster.alpha, raster.width, columns, rows, alpha);
    for (let i = 0; i < pixels; i += 1) alpha[i] = Math.min(1, Math.max(0, alpha[i]!));
  }
  return createRaster({ ...raster, width: region.width, height: region.height, data, alpha, unknown: null });
}

/** As `upsampleBicubic`, but over `region` at least: what is no coarser than the fine grid is given as it is, not copied. */
export function coverBicubic(view: GridView, region: Rect): PlacedRaster {
  if (isCoarser(view)) return { raster: upsampleBicubic(view, region), offset: region };
  return { raster: { ...view.raster, unknown: null }, offset: view.offset };
}

const isCoarser = ({ factor }: GridView) => factor.x !== 1 || factor.y !== 1;

/** Which pixels of `region` lie on an unknown coarse pixel; null when none does. Nearest neighbour, centred grids. */
export function upsampleUnknown(view: GridView, region: Rect): Uint8Array | null {
  const { unknown, width } = view.raster;
  if (!unknown) return null;
  const columns = nearestColumns(region.x, region.width, view.factor.x, view.whole.width, view.offset.x);
  const rows = nearestColumns(region.y, region.height, view.factor.y, view.whole.height, view.offset.y);
  const result = new Uint8Array(region.width * region.height);
  let any = 0;
  for (let y = 0; y < region.height; y += 1) {
    const from = rows[y]! * width;
    const to = y * region.width;
    for (let x = 0; x < region.width; x += 1) any |= result[to + x] = unknown[from + columns[x]!]!;
  }
  return any ? result : null;
}

/** The part of the whole coarse picture that bicubic interpolation of `region` reads. */
export function coarseRegion(region: Rect, factor: GridView['factor'], whole: Size): Rect {
  const [x, right] = coarseSpan(region.x, region.width, factor.x, whole.width);
  const [y, bottom] = coarseSpan(region.y, region.height, factor.y, whole.height);
  return { x, y, width: right - x, height: bottom - y };
}

function coarseSpan(start: number, length: number, factor: number, whole: number): [number, number] {
  const first = Math.floor((start + 0.5) / factor - 0.5) - 1;
  const last = Math.floor((start + length - 0.5) / factor - 0.5) + 2;
  return [clamp(first, 0, whole - 1), clamp(last, 0, whole - 1) + 1];
}

interface Taps {
  /** Four indices a pixel, into the part of the coarse picture at hand. */
  readonly indices: Int32Array;
  readonly weights: Float64Array;
}

function cubicTaps(
  start: number,
  length: number,
  factor: number,
  whole: number,
  offset: number,
  available: number,
): Taps {
  const indices = new Int32Array(length * 4);
  const weights = new Float64Array(length * 4);
  for (let i = 0; i < length; i += 1) {
    const position = (start + i + 0.5) / factor - 0.5;
    const base = Math.floor(position);
    for (let tap = 0; tap < 4; tap += 1) {
      const index = clamp(base + tap - 1, 0, whole - 1) - offset;
      if (index < 0 || index >= available) {
        throw new RangeError(
          `The region needs coarse pixel ${index + offset}, which the view does not hold.`,
        );
      }
      indices[i * 4 + tap] = index;
      weights[i * 4 + tap] = cubicKernel(position - (base + tap - 1));
    }
  }
  return { indices, weights };
}

/** Along x for every coarse row in use, then along y. Rows in between are float32, so that splits agree exactly. */
function interpolate(
  plane: Float32Array,
  stride: number,
  columns: Taps,
  rows: Taps,
  out: Float32Array,
): void {
  const width = columns.indices.length / 4;
  const height = rows.indices.length / 4;
  const firstRow = rows.indices.reduce((least, row) => Math.min(least, row));
  const lastRow = rows.indices.reduce((most, row) => Math.max(most, row));
  const wide = new Float32Array((lastRow - firstRow + 1) * width);
  const { indices, weights } = columns;
  for (let row = firstRow; row <= lastRow; row += 1) {
    const from = row * stride;
    const to = (row - firstRow) * width;
    for (let x = 0, t = 0; x < width; x += 1, t += 4) {
      wide[to + x] =
        weights[t]! * plane[from + indices[t]!]! +
        weights[t + 1]! * plane[from + indices[t + 1]!]! +
        weights[t + 2]! * plane[from + indices[t + 2]!]! +
        weights[t + 3]! * plane[from + indices[t + 3]!]!;
    }
  }
  for (let y = 0; y < height; y += 1) {
    const t = y * 4;
    const a = (rows.indices[t]! - firstRow) * width;
    const b = (rows.indices[t + 1]! - firstRow) * width;
    const c = (rows.indices[t + 2]! - firstRow) * width;
    const d = (rows.indices[t + 3]! - firstRow) * width;
    const wa = rows.weights[t]!;
    const wb = rows.weights[t + 1]!;
    const wc = rows.weights[t + 2]!;
    const wd = rows.weights[t + 3]!;
    const to = y * width;
    for (let x = 0; x < width; x += 1) {
      out[to + x] = wa * wide[a + x]! + wb * wide[b + x]! + wc * wide[c + x]! + wd * wide[d + x]!;
    }
  }
}

function nearestColumns(
  start: number,
  length: number,
  factor: number,
  whole: number,
  offset: number,
): Int32Array {
  return Int32Array.from(
    { length },
    (_, i) => clamp(Math.floor((start + i + 0.5) / factor), 0, whole - 1) - offset,
  );
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
