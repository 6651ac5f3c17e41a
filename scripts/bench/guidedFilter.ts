import { guidedFilter } from '../../electron/filters/guidedFilter';
import { inputOf, noNetworks } from '../../electron/filters/testing/filterInputs';
import { createRaster } from '../../electron/raster/raster';
import { defaultParameters } from '../../electron/recipe/parameters';
import { compete } from './contender';

/** guidedFilter.mjs WIDTH HEIGHT RADIUS: our guided filter, coloured guidance, on noise. */
const [width, height, radius] = process.argv.slice(2).map(Number) as [number, number, number];
const noise = (channels: 1 | 3) =>
  createRaster({
    width,
    height,
    channels,
    data: Float32Array.from({ length: width * height * channels }, Math.random),
  });
const guidance = noise(3);
const target = noise(1);
const input = inputOf(target, guidance);
const parameters = { ...defaultParameters(guidedFilter.description), radius };
await compete(1, async () => {
  await guidedFilter.apply(input, parameters, noNetworks);
});
