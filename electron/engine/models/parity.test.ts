import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { onnxRuntimeProviders } from '../providers/onnxRuntime';
import type { Precision } from '../providers/provider';
import { softwareDriver } from '../testing/softwareDriver';
import { largestDifference, readTensors } from '../testing/tensors';
import { ModelLibrary } from './library';

/**
 * Every shipped graph against PyTorch on crops of real scenes: models/training/parity.py wrote both. Inputs and outputs
 * are in units of the target's range.
 */
const models = fileURLToPath(new URL('../../../models', import.meta.url));
const fixtures = join(models, 'training/parity');
const library = new ModelLibrary(models);

const tolerance: Readonly<Record<Precision, number>> = { float32: 1e-4, float16: 1e-2 };

const inputs = readTensors(join(fixtures, 'inputs.safetensors'));
const scenes = [...new Set([...inputs.keys()].map((name) => name.split('.')[0]!))];
const cropOf = (scene: string) => ({
  target: inputs.get(`${scene}.target`)!,
  guidance: inputs.get(`${scene}.guidance`)!,
});
const expectedOf = (modelId: string) => readTensors(join(fixtures, `${modelId}.safetensors`));

async function onProcessor(modelId: string, outputId: string, precision: Precision, scene: string) {
  const { model, output } = library.find(modelId, outputId);
  const session = await onnxRuntimeProviders.cpu.open(
    await library.network(model, output, precision),
    outputId,
  );
  const { data } = await session.run(cropOf(scene));
  await session.release();
  return data;
}

describe.each(library.models('dagf'))('$id on the processor is what PyTorch computes', ({ id, outputs }) => {
  const expected = expectedOf(id);
  const cases = outputs.flatMap((output, i): [string, Precision, string][] => [
    [output.id, 'float32', scenes[i % scenes.length]!],
    ...(output.float16 ? [[output.id, 'float16', scenes[1]!] as [string, Precision, string]] : []),
  ]);

  it.each(cases)('%s in %s, %s', async (outputId, precision, scene) => {
    const found = await onProcessor(id, outputId, precision, scene);
    expect(largestDifference(found, expected.get(`${scene}.${outputId}`)!)).toBeLessThanOrEqual(
      tolerance[precision],
    );
  });
});

it('crops tell one model from another', async () => {
  const [first, second] = library.models('dagf').filter(({ variant }) => variant === 'standard');
  const [output] = first!.outputs;
  const found = await onProcessor(first!.id, output!.id, 'float32', scenes[0]!);
  const other = expectedOf(second!.id).get(`${scenes[0]}.${output!.id}`)!;
  expect(largestDifference(found, other)).toBeGreaterThan(10 * tolerance.float16);
});

it.skipIf(!softwareDriver)(
  'the smallest model on WebGPU is what PyTorch computes',
  async () => {
    const { model, output } = library.smallest()!;
    const folder = mkdtempSync(join(tmpdir(), 'sidelight-parity-'));
    try {
      const [scene] = scenes as [string];
      const { target, guidance } = cropOf(scene);
      for (const [name, { data }] of Object.entries({ target, guidance }))
        writeFileSync(join(folder, `${name}.bin`), new Uint8Array(data.buffer));
      const size = [target.height, target.width, 1].map(String);
      const runner = join(models, 'training/run_onnx.mjs');
      const args = [runner, join(models, output.file), folder, ...size, 'webgpu'];
      await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...softwareDriver } });
      const found = new Float32Array(new Uint8Array(readFileSync(join(folder, `${output.id}.bin`))).buffer);
      const expected = expectedOf(model.id).get(`${scene}.${output.id}`)!;
      expect(largestDifference(found, expected)).toBeLessThanOrEqual(tolerance.float32);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  120_000,
);
