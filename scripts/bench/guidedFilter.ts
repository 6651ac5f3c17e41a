import { guidedFilter } from '../../electron/filters/guidedFilter';
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
const input = {
  region: { x: 0, y: 0, width, height },
  target: {
    raster: target,
    offset: { x: 0, y: 0 },
    factor: { x: 1, y: 1 },
    whole: target,
    valueRange: { min: 0, max: 1 },
    noise: 0,
  },
  guidance,
  overview: null,
  whole: guidance,
};
const networks = {
  models: () => [],
  run: () => Promise.reject(new Error('The guided filter runs no network.')),
};
const parameters = { ...defaultParameters(guidedFilter.description), radius };
await compete(1, async () => {
  await guidedFilter.apply(input, parameters, { networks, signal: new AbortController().signal });
});
