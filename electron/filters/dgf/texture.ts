import type { Range } from '../../contract/geometry';
import type { Raster } from '../../raster/raster';
import type { NetworkTensor } from '../filter';

/** Texture is told in quarters of the range, so that it is about as large as the picture's values. */
const textureScale = 4;

/**
 * What a model is told of the texture inside the pixels of a copy: three planes, 0 where a pixel stands for equal ones.
 * @throws TypeError when the engine was not asked for it
 */
export function textureOf(texture: Raster | null, { min, max }: Range): NetworkTensor {
  if (!texture) throw new TypeError('A network was called without the texture that it is told.');
  const { channels, width, height } = texture;
  const data = texture.data.map((value) => (textureScale * value) / (max - min));
  return { data, channels, height, width };
}
