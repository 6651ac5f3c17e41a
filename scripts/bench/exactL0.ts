import { l0Smoothing } from '../../electron/filters/l0Smoothing';
import { inputOf, noNetworks } from '../../electron/filters/testing/filterInputs';
import { createRaster } from '../../electron/raster/raster';
import { defaultParameters } from '../../electron/recipe/parameters';
import { compete } from './contender';

/** exactL0.mjs WIDTH HEIGHT: the exact filter at its defaults, on noise; one thread. */
const [width, height] = process.argv.slice(2).map(Number) as [number, number];
const picture = createRaster({
  width,
  height,
  channels: 3,
  data: Float32Array.from({ length: 3 * width * height }, () => Math.floor(256 * Math.random())),
  sampleType: 'u8',
  fullScale: { min: 0, max: 255 },
});
const input = { ...inputOf(picture, picture), guidance: null };
await compete(1, async () => {
  await l0Smoothing.apply(input, defaultParameters(l0Smoothing.description), noNetworks);
});
