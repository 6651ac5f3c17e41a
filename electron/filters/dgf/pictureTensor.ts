import type { Range } from '../../contract/geometry';
import type { Raster } from '../../raster/raster';
import type { NetworkTensor } from '../filter';
import { unitPlanes } from '../unitPlanes';

/** Three planes 0…1; a grey picture tripled. */
export function pictureTensor(raster: Raster, range: Range): NetworkTensor {
  const { width, height } = raster;
  const planes = unitPlanes(raster, range);
  const data = new Float32Array(3 * width * height);
  for (let channel = 0; channel < 3; channel += 1)
    data.set(planes[raster.channels === 1 ? 0 : channel]!, channel * width * height);
  return { data, channels: 3, height, width };
}
