import { ModelLibrary } from '../../electron/engine/models/library';
import { physicalCores } from '../../electron/engine/providers/cores';
import { onnxRuntimeProviders } from '../../electron/engine/providers/onnxRuntime';
import { compete } from './contender';

/** dagf.mjs MODELS_FOLDER MODEL OUTPUT WIDTH HEIGHT: one network on the CPU, as the engine runs it. */
const [folder, modelId, outputId, ...size] = process.argv.slice(2) as [string, string, string, ...string[]];
const [width, height] = size.map(Number) as [number, number];
const library = new ModelLibrary(folder);
const { model, output } = library.find(modelId, outputId);
const detail = model.network === 'dagf' ? model.guidanceDetail : 1;
const session = await onnxRuntimeProviders.cpu.open(await library.network(model, output), outputId);
const noise = (channels: number, finer = 1) => ({
  data: Float32Array.from({ length: finer ** 2 * width * height * channels }, Math.random),
  channels,
  width: finer * width,
  height: finer * height,
});
const inputs = { [model.inputs.target.name]: noise(1), [model.inputs.guidance.name]: noise(3, detail) };
await compete(physicalCores(), async () => {
  await session.run(inputs);
});
