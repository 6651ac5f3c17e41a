import { createRaster, type Raster } from './raster';

/**
 * The raster at 1/2^level: every result pixel is the mean of the known pixels of its 2^level-sided block (of what
 * there is of it at the right and bottom edge), and unknown when none is known. Alpha is the mean over the block.
 * Size: each side divided by 2^level and rounded up. Level 0 is the raster itself.
 */
export function reduceBox(raster: Raster, level: number): Raster {
  if (level === 0) return raster;
  const width = Math.ceil(raster.width / 2 ** level);
  const height = Math.ceil(raster.height / 2 ** level);
  const pixels = width * height;
  const counts = knownCounts(raster, level, width, height);
  const data = new Float32Array(pixels * raster.channels);
  const wholePixels = raster.width * raster.height;
  for (let channel = 0; channel < raster.channels; channel += 1) {
    const plane = raster.data.subarray(channel * wholePixels, (channel + 1) * wholePixels);
    const means = data.subarray(channel * pixels, (channel + 1) * pixels);
    meanOfBlocks(plane, raster.unknown, raster.width, raster.height, level, width, counts, means);
  }
  const unknown = raster.unknown ? counts.map((count) => (count === 0 ? 1 : 0)) : null;
  const alpha = raster.alpha && new Float32Array(pixels);
  if (raster.alpha && alpha) {
    const all = knownCounts({ ...raster, unknown: null }, level, width, height);
    meanOfBlocks(raster.alpha, null, raster.width, raster.height, level, width, all, alpha);
  }
  return createRaster({
    ...raster,
    width,
    height,
    data,
    alpha,
    unknown: unknown?.includes(1) ? Uint8Array.from(unknown) : null,
  });
}

function knownCounts(raster: Raster, level: number, width: number, height: number): Float64Array {
  const counts = new Float64Array(width * height);
  for (let y = 0; y < raster.height; y += 1) {
    const to = (y >> level) * width;
    const from = y * raster.width;
    for (let x = 0; x < raster.width; x += 1) {
      if (!raster.unknown?.[from + x]) counts[to + (x >> level)]! += 1;
    }
  }
  return counts;
}

function meanOfBlocks(
  plane: Float32Array,
  unknown: Uint8Array | null,
  wholeWidth: number,
  wholeHeight: number,
  level: number,
  width: number,
  counts: Float64Array,
  out: Float32Array,
): void {
  const sums = new Float64Array(width);
  const block = 1 << level;
  for (let top = 0, row = 0; top < wholeHeight; top += block, row += 1) {
    sums.fill(0);
    for (let y = top; y < Math.min(top + block, wholeHeight); y += 1) {
      const from = y * wholeWidth;
      for (let x = 0; x < wholeWidth; x += 1) {
        if (!unknown?.[from + x]) sums[x >> level]! += plane[from + x]!;
      }
    }
    for (let x = 0; x < width; x += 1) {
      const count = counts[row * width + x]!;
      out[row * width + x] = count === 0 ? 0 : sums[x]! / count;
    }
  }
}
