/**
 * Runs one ONNX file on raw float32 inputs and prints its time and peak memory as JSON.
 *
 *   node run_onnx.mjs <model.onnx> <folder> <height> <width> [runs] [provider]
 *
 * Reads those of target.bin, guidance.bin and noisy.bin in the folder that the graph takes, writes I_0.bin, I_1.bin, ... beside them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';

const [model, folder, height, width, runs = '1', provider = 'cpu'] = process.argv.slice(2);

const channelsOf = { target: 1, guidance: 3, noisy: 1 };

function input(name) {
  const bytes = readFileSync(join(folder, `${name}.bin`));
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  return new ort.Tensor('float32', values, [1, channelsOf[name], Number(height), Number(width)]);
}

const session = await ort.InferenceSession.create(model, {
  executionProviders: [provider],
  logSeverityLevel: 3,
});
const feeds = Object.fromEntries(session.inputNames.map((name) => [name, input(name)]));
const milliseconds = [];
let outputs = {};
for (let run = 0; run < Number(runs); run += 1) {
  const start = performance.now();
  outputs = await session.run(feeds);
  milliseconds.push(performance.now() - start);
}
for (const [name, tensor] of Object.entries(outputs)) {
  const { buffer, byteOffset, byteLength } = tensor.data;
  writeFileSync(join(folder, `${name}.bin`), new Uint8Array(buffer, byteOffset, byteLength));
}
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
const report = { outputs: Object.keys(outputs), milliseconds, peakMegabytes };
// webgpu sessions keep the process alive.
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
