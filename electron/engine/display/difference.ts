import { createRaster, type Raster } from '../../raster/raster';

/**
 * |result − other| in the result's unit, averaged over the channels: one channel. Unknown where either is.
 * @throws RangeError when sizes differ
 */
export function difference(result: Raster, other: Raster): Raster {
  const { width, height } = result;
  if (other.width !== width || other.height !== height)
    throw new RangeError(`Sizes differ: ${width} × ${height} and ${other.width} × ${other.height}.`);
  const pixels = width * height;
  const channels = Math.max(result.channels, other.channels);
  const data = new Float32Array(pixels);
  for (let channel = 0; channel < channels; channel += 1) {
    // A one-channel picture stands for all channels of the other.
    const a = Math.min(channel, result.channels - 1) * pixels;
    const b = Math.min(channel, other.channels - 1) * pixels;
    for (let i = 0; i < pixels; i += 1)
      data[i]! += Math.abs(result.data[a + i]! - other.data[b + i]!) / channels;
  }
  return createRaster({
    ...result,
    channels: 1,
    data,
    alpha: null,
    icc: null,
    unknown: either(result, other),
  });
}

function either({ unknown: a }: Raster, { unknown: b }: Raster): Uint8Array | null {
  if (!a || !b) return a ?? b;
  return a.map((pixel, i) => pixel | b[i]!);
}
