import { createRaster, type Raster } from './raster';

/**
 * The raster at 1/2^level for values that must not be mixed: every result pixel is the middle one (right and below of the
 * centre) of its 2^level-sided block, or the last one there is at the right and bottom edge. Size as with `reduceBox`.
 */
export function reduceByPicking(raster: Raster, level: number): Raster {
  if (level === 0) return raster;
  const width = Math.ceil(raster.width / 2 ** level);
  const height = Math.ceil(raster.height / 2 ** level);
  const middle = 2 ** (level - 1);
  const from = new Uint32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = Math.min(y * 2 ** level + middle, raster.height - 1) * raster.width;
    for (let x = 0; x < width; x += 1)
      from[y * width + x] = row + Math.min(x * 2 ** level + middle, raster.width - 1);
  }
  const pixels = raster.width * raster.height;
  const data = new Float32Array(from.length * raster.channels);
  for (let i = 0; i < data.length; i += 1) {
    const channel = Math.floor(i / from.length);
    data[i] = raster.data[channel * pixels + from[i - channel * from.length]!]!;
  }
  const alpha = raster.alpha && Float32Array.from(from, (at) => raster.alpha![at]!);
  const unknown = raster.unknown && Uint8Array.from(from, (at) => raster.unknown![at]!);
  return createRaster({ ...raster, width, height, data, alpha, unknown });
}
