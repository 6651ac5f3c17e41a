import { stepParameters } from '../../electron/engine/evaluate/stepParameters';
import { ModelLibrary } from '../../electron/engine/models/library';
import { physicalCores } from '../../electron/engine/providers/cores';
import { onnxRuntimeProviders } from '../../electron/engine/providers/onnxRuntime';
import { dgf } from '../../electron/filters/dgf';
import type { NetworkRunner } from '../../electron/filters/filter';
import { inputOf } from '../../electron/filters/testing/filterInputs';
import { createRaster } from '../../electron/raster/raster';
import { OverviewReduction, overviewSpec } from '../../electron/raster/reduceOverview';
import { compete } from './contender';

/** dgf.mjs MODELS_FOLDER OPERATOR WIDTH HEIGHT: the clone of an operator on the CPU, from the picture to the result. */
const [folder, operator, ...size] = process.argv.slice(2) as [string, string, ...string[]];
const [width, height] = size.map(Number) as [number, number];
const library = new ModelLibrary(folder);
const sessions = new Map<string, ReturnType<typeof onnxRuntimeProviders.cpu.open>>();
const networks: NetworkRunner = {
  models: (network) => library.models(network),
  async run(modelId, outputId, inputs) {
    const { model, output } = library.find(modelId, outputId);
    const open = async () => onnxRuntimeProviders.cpu.open(await library.network(model, output), outputId);
    const session = sessions.get(outputId) ?? open();
    sessions.set(outputId, session);
    return (await session).run(inputs);
  },
};
const picture = createRaster({
  width,
  height,
  channels: 3,
  data: Float32Array.from({ length: 3 * width * height }, () => 255 * Math.random()),
  sampleType: 'u8',
  fullScale: { min: 0, max: 255 },
});
const parameters = stepParameters(dgf, { operator }, picture);
const context = { factor: { x: 1, y: 1 }, noise: 0, models: networks.models };
const asked = dgf.tileNeeds(parameters, context).overview ?? { shortSide: 64 };
const whole = inputOf(picture, picture);
await compete(physicalCores(), async () => {
  const reduction = new OverviewReduction(picture, overviewSpec(picture, asked), 3);
  reduction.add(picture);
  const { picture: overview, texture: overviewTexture } = reduction.finish(picture);
  const input = { ...whole, guidance: null, overview, overviewTexture };
  await dgf.apply(input, parameters, { networks, signal: new AbortController().signal });
});
