import type { Colormap } from '../../contract/display';
import type { Range, Size } from '../../contract/geometry';
import { displayRaster } from '../../engine/display/displayTransform';
import { createRaster, type Raster } from '../../raster/raster';

/** Panels are 8-bit RGB pictures as rasters, to be looked at and composed. */

/** What unknown pixels and the space between panels are painted with. */
const background = 32;

/** A map through a colormap over an explicit range; a colour picture as it is, the range being black to white. */
export function panelOf(raster: Raster, range: Range, colormap: Colormap): Raster {
  const { width, height } = raster;
  const rgba = displayRaster(raster, { colormap, range, markSaturated: false });
  const pixels = width * height;
  const data = new Float32Array(pixels * 3);
  for (let i = 0; i < pixels; i += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      data[channel * pixels + i] = rgba[i * 4 + 3] === 0 ? background : rgba[i * 4 + channel]!;
    }
  }
  return panel({ width, height }, data);
}

/** Every pixel as a square of `factor` × `factor`. */
export function enlargeNearest(raster: Raster, factor: number): Raster {
  const size = { width: raster.width * factor, height: raster.height * factor };
  return resample(raster, size, (x) => Math.floor(x / factor));
}

/** A small picture on a larger grid: every pixel takes the value of the one it lies on. */
export function onGrid(raster: Raster, size: Size): Raster {
  if (raster.width === size.width && raster.height === size.height) return raster;
  return resample(raster, size, (at, length, ownLength) => Math.floor(((at + 0.5) * ownLength) / length));
}

function resample(
  raster: Raster,
  { width, height }: Size,
  source: (at: number, length: number, ownLength: number) => number,
): Raster {
  const data = new Float32Array(width * height * raster.channels);
  const unknown = raster.unknown && new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = source(y, height, raster.height) * raster.width;
    for (let x = 0; x < width; x += 1) {
      const from = row + source(x, width, raster.width);
      if (unknown) unknown[y * width + x] = raster.unknown![from]!;
      for (let channel = 0; channel < raster.channels; channel += 1) {
        data[(channel * height + y) * width + x] =
          raster.data[channel * raster.width * raster.height + from]!;
      }
    }
  }
  return createRaster({ ...raster, width, height, data, unknown, alpha: null });
}

/** Rows of panels under each other; a panel that is left out leaves its place empty. */
export function composeSheet(rows: readonly (readonly (Raster | null)[])[], gap = 8): Raster {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.map((row) => row[column]?.width ?? 0)),
  );
  const heights = rows.map((row) => Math.max(0, ...row.map((one) => one?.height ?? 0)));
  const width = sum(widths) + gap * (columns - 1);
  const height = sum(heights) + gap * (rows.length - 1);
  const data = new Float32Array(width * height * 3).fill(background);
  const sheet = panel({ width, height }, data);
  for (const [r, row] of rows.entries()) {
    const y = sum(heights.slice(0, r)) + gap * r;
    for (const [c, one] of row.entries()) if (one) place(one, sheet, sum(widths.slice(0, c)) + gap * c, y);
  }
  return sheet;
}

function place(one: Raster, sheet: Raster, left: number, top: number): void {
  for (let channel = 0; channel < 3; channel += 1) {
    for (let y = 0; y < one.height; y += 1) {
      const from = (channel * one.height + y) * one.width;
      const to = (channel * sheet.height + top + y) * sheet.width + left;
      sheet.data.set(one.data.subarray(from, from + one.width), to);
    }
  }
}

const panel = (size: Size, data: Float32Array) =>
  createRaster({ ...size, channels: 3, data, fullScale: { min: 0, max: 255 }, sampleType: 'u8' });

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
