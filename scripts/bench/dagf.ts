import { readFileSync } from 'node:fs';
import { physicalCores } from '../../electron/engine/providers/cores';
import { onnxRuntimeProviders } from '../../electron/engine/providers/onnxRuntime';
import { compete } from './contender';

/** dagf.mjs MODEL_FILE OUTPUT TARGET_NAME GUIDANCE_NAME WIDTH HEIGHT: one network on the CPU, as the engine runs it. */
const [file, output, targetName, guidanceName, ...size] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  ...string[],
];
const [width, height] = size.map(Number) as [number, number];
const session = await onnxRuntimeProviders.cpu.open(readFileSync(file), output);
const noise = (channels: number) => ({
  data: Float32Array.from({ length: width * height * channels }, Math.random),
  channels,
  width,
  height,
});
const inputs = { [targetName]: noise(1), [guidanceName]: noise(3) };
await compete(physicalCores(), async () => {
  await session.run(inputs);
});
