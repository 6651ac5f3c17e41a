/**
 * Runs one ONNX file on raw float32 inputs and prints its time and peak memory as JSON.
 *
 *   node run_onnx.mjs <model.onnx> <folder> <height> <width> [runs] [provider]
 *
 * Reads target.bin and guidance.bin in the folder, writes I_0.bin, I_1.bin, ... beside them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';

const [model, folder, height, width, runs = '1', provider = 'cpu'] = process.argv.slice(2);

function input(name, channels) {
  const bytes = readFileSync(join(folder, `${name}.bin`));
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  return new ort.Tensor('float32', values, [1, channels, Number(height), Number(width)]);
}

const session = await ort.InferenceSession.create(model, {
  executionProviders: [provider],
  logSeverityLevel: 3,
});
const feeds = { target: input('target', 1), guidance: input('guidance', 3) };
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
