import { InferenceSession, Tensor } from 'onnxruntime-node';
import { compete } from './contender';

/** dagf.mjs MODEL_FILE TARGET_NAME GUIDANCE_NAME WIDTH HEIGHT THREADS: one network of ours in ONNX Runtime on the CPU. */
const [file, targetName, guidanceName, ...numbers] = process.argv.slice(2);
const [width, height, threads] = numbers.map(Number) as [number, number, number];
const session = await InferenceSession.create(file!, {
  executionProviders: ['cpu'],
  intraOpNumThreads: threads,
});
const noise = (channels: number) =>
  new Tensor('float32', Float32Array.from({ length: width * height * channels }, Math.random), [
    1,
    channels,
    height,
    width,
  ]);
const feeds = { [targetName!]: noise(1), [guidanceName!]: noise(3) };
await compete(threads, async () => {
  await session.run(feeds);
});
