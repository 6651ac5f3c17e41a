import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dgf } from '../../filters/dgf';
import { chooseDgfModel } from '../../filters/dgf/model';
import { clonedOperators } from '../../filters/dgf/operators';
import { completeParameters } from '../../recipe/parameters';
import { onnxRuntimeProviders } from '../providers/onnxRuntime';
import type { Precision } from '../providers/provider';
import { largestDifference, readTensors } from '../testing/tensors';
import { ModelLibrary } from './library';

/**
 * Every shipped deep guided filter against PyTorch on a real picture (models/training/dgf_parity.py wrote both); coefficients are
 * larger than the picture's 0…1.
 */
const models = fileURLToPath(new URL('../../../models', import.meta.url));
const fixtures = join(models, 'training/parity');
const library = new ModelLibrary(models);
const tolerance: Readonly<Record<Precision, number>> = { float32: 1e-4, float16: 1e-2 };
const inputs = readTensors(join(fixtures, 'dgf-inputs.safetensors'));

async function computed(modelId: string, outputId: string, precision: Precision) {
  const { model, output } = library.find(modelId, outputId);
  const files = await library.network(model, output, precision);
  const session = await onnxRuntimeProviders.cpu.open(files, outputId);
  const named = ['rows', 'columns'].map((name) => [name, inputs.get(name)!]);
  const result = await session.run(
    outputId === 'coefficients'
      ? { picture: inputs.get('small')! }
      : {
          picture: inputs.get('picture')!,
          ...(Object.hasOwn(model.inputs, 'coefficients') && {
            coefficients: readTensors(join(fixtures, `${modelId}.safetensors`)).get('coefficients')!,
            ...Object.fromEntries(named),
          }),
        },
  );
  await session.release();
  return result.data;
}

const clones = library.models('dgf');

it.each(clonedOperators.map(({ operator }) => operator.description.id))('%s has a clone', (operator) => {
  const parameters = completeParameters(dgf.description, { operator });
  const model = chooseDgfModel(parameters, { models: (network) => library.models(network) });
  expect(clones.map(({ id }) => id)).toContain(model.id);
});

describe.each(clones)('$id on the processor is what PyTorch computes', ({ id, outputs }) => {
  const expected = readTensors(join(fixtures, `${id}.safetensors`));
  const cases = outputs.flatMap((output): [string, Precision][] => [
    [output.id, 'float32'],
    ...(output.float16 ? [[output.id, 'float16'] as [string, Precision]] : []),
  ]);

  it.each(cases)('%s in %s', async (outputId, precision) => {
    const found = await computed(id, outputId, precision);
    expect(largestDifference(found, expected.get(outputId)!)).toBeLessThanOrEqual(tolerance[precision]);
  });
});
