import { channelOf, createRaster, type Raster } from './raster';

/**
 * `share` of one raster and the rest of another of the same size. A map over a picture, or a picture over a map: the one channel
 * counts for all three. Unit, full scale and the like are those of the one with more channels, the first one's when they are equal.
 */
export function blend(over: Raster, under: Raster, share: number): Raster {
  const like = over.channels >= under.channels ? over : under;
  const pixels = like.width * like.height;
  const data = new Float32Array(like.data.length);
  for (let channel = 0; channel < like.channels; channel += 1) {
    const [a, b] = [over, under].map((raster) => channelOf(raster, raster.channels === 1 ? 0 : channel)) as [
      Float32Array,
      Float32Array,
    ];
    const out = data.subarray(channel * pixels, (channel + 1) * pixels);
    for (let i = 0; i < pixels; i += 1) out[i] = share * a[i]! + (1 - share) * b[i]!;
  }
  return createRaster({ ...like, data });
}
