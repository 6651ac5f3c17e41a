import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Precision } from '../providers/provider';
import { type NetworkJob, runJob } from '../testing/networkJob';
import { softwareDriver } from '../testing/softwareDriver';
import { softwareWebgpu } from '../testing/softwareWebgpu';
import { largestDifference, readTensors } from '../testing/tensors';
import { ModelLibrary } from './library';
import type { Model } from './manifest';

/**
 * Every shipped graph against PyTorch on crops of real scenes: models/training/parity.py wrote both. Inputs and outputs
 * are in units of the target's range; the noisy target is for models that see it, a finer guidance for those that want it so.
 */
const models = fileURLToPath(new URL('../../../models', import.meta.url));
const fixtures = join(models, 'training/parity');
const library = new ModelLibrary(models);

const tolerance: Readonly<Record<Precision, number>> = { float32: 1e-4, float16: 1e-2 };

const inputs = readTensors(join(fixtures, 'inputs.safetensors'));
const scenes = [...new Set([...inputs.keys()].map((name) => name.split('.')[0]!))];
/** A finer guidance is stored beside the one of the target's size. */
const storedAs = (role: string, model: Model) =>
  role === 'guidance' && model.network === 'dagf' && model.guidanceDetail > 1
    ? `${role}${model.guidanceDetail}`
    : role;
const cropOf = (scene: string, model: Model) =>
  Object.fromEntries(
    Object.keys(model.inputs).map((role) => [role, inputs.get(`${scene}.${storedAs(role, model)}`)!]),
  );
const expectedOf = (modelId: string) => readTensors(join(fixtures, `${modelId}.safetensors`));

/** What it takes to run one graph of a model on a scene. */
async function jobOf(
  modelId: string,
  outputId: string,
  precision: Precision,
  scene: string,
): Promise<NetworkJob> {
  const { model, output } = library.find(modelId, outputId);
  const network = await library.network(model, output, precision);
  return { network, output: outputId, inputs: cropOf(scene, model) };
}

describe.each(library.models('dagf'))('$id on the processor is what PyTorch computes', ({ id, outputs }) => {
  const expected = expectedOf(id);
  const cases = outputs.flatMap((output, i): [string, Precision, string][] => [
    [output.id, 'float32', scenes[i % scenes.length]!],
    ...(output.float16 ? [[output.id, 'float16', scenes[1]!] as [string, Precision, string]] : []),
  ]);

  it.each(cases)('%s in %s, %s', async (outputId, precision, scene) => {
    const found = await runJob('cpu', await jobOf(id, outputId, precision, scene));
    expect(largestDifference(found, expected.get(`${scene}.${outputId}`)!)).toBeLessThanOrEqual(
      tolerance[precision],
    );
  });
});

it('crops tell one model from another', async () => {
  const [first, second] = library.models('dagf').filter(({ variant }) => variant === 'standard');
  const [output] = first!.outputs;
  const found = await runJob('cpu', await jobOf(first!.id, output!.id, 'float32', scenes[0]!));
  const other = expectedOf(second!.id).get(`${scenes[0]}.${output!.id}`)!;
  expect(largestDifference(found, other)).toBeGreaterThan(10 * tolerance.float16);
});

describe.skipIf(!softwareDriver)('on WebGPU', () => {
  const onWebgpu = softwareWebgpu();

  const seeing = library.models('dagf').find((model) => model.network === 'dagf' && model.seesNoisy);
  const finer = library.models('dagf').find((model) => model.network === 'dagf' && model.guidanceDetail > 1);
  const wide = library.models('dagf').find(({ variant }) => variant === 'wide');

  it.each([library.smallest()!.model, ...[seeing, finer, wide].filter((model) => model !== undefined)])(
    '$id is what PyTorch computes',
    async ({ id, outputs: [output] }) => {
      const [scene] = scenes as [string];
      const found = await onWebgpu(await jobOf(id, output!.id, 'float32', scene));
      const expected = expectedOf(id).get(`${scene}.${output!.id}`)!;
      expect(largestDifference(found, expected)).toBeLessThanOrEqual(tolerance.float32);
    },
    120_000,
  );
});
