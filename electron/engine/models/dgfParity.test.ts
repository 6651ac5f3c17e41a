import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '../../contract/filters';
import { dgf } from '../../filters/dgf';
import { chooseDgfModel } from '../../filters/dgf/model';
import { clonedOperators } from '../../filters/dgf/operators';
import { isUsed } from '../../recipe/parameters';
import { stepParameters } from '../evaluate/stepParameters';
import type { Precision } from '../providers/provider';
import { type NetworkJob, runJob } from '../testing/networkJob';
import { softwareDriver } from '../testing/softwareDriver';
import { softwareWebgpu } from '../testing/softwareWebgpu';
import { largestDifference, readTensors } from '../testing/tensors';
import { ModelLibrary } from './library';
import type { Model, ModelOf } from './manifest';

/**
 * Every shipped deep guided filter against PyTorch on a real picture (models/training/dgf_parity.py wrote both, and what a network
 * was told beside it, as `condition`, `texture` and `draft`); coefficients are larger than the picture's 0…1.
 */
const models = fileURLToPath(new URL('../../../models', import.meta.url));
const fixtures = join(models, 'training/parity');
const library = new ModelLibrary(models);
const tolerance: Readonly<Record<Precision, number>> = { float32: 1e-4, float16: 1e-2 };
const inputs = readTensors(join(fixtures, 'dgf-inputs.safetensors'));

const isClone = (model: Model): model is ModelOf<'dgf'> => model.network === 'dgf';
const clones = library.models('dgf').filter(isClone);
const expectedOf = (modelId: string) => readTensors(join(fixtures, `${modelId}.safetensors`));

/** What the graph with the network is given beside the picture. */
const told = ({ id, conditions, texture, draft }: ModelOf<'dgf'>) => ({
  ...(conditions.length > 0 && { condition: expectedOf(id).get('condition')! }),
  ...(texture && { texture: inputs.get('texture')! }),
  ...(draft !== null && { draft: inputs.get('draft')! }),
});

/** What it takes to run one graph of a clone. */
async function jobOf(clone: ModelOf<'dgf'>, outputId: string, precision: Precision): Promise<NetworkJob> {
  const { model, output } = library.find(clone.id, outputId);
  const network = await library.network(model, output, precision);
  const [picture, small] = [inputs.get('picture')!, inputs.get('small')!];
  const enlarged = {
    coefficients: expectedOf(clone.id).get('coefficients')!,
    rows: inputs.get('rows')!,
    columns: inputs.get('columns')!,
  };
  const layer = clone.side === null ? told(clone) : enlarged;
  const given = outputId === 'coefficients' ? { picture: small, ...told(clone) } : { picture, ...layer };
  return { network, output: outputId, inputs: given };
}

/** The values of a choice, its default alone where it is not used. */
function offered(name: string, chosen: ParameterValues = {}): string[] {
  const parameter = dgf.description.parameters.find((one) => one.name === name);
  if (parameter?.kind !== 'choice') throw new Error(`${name} is no choice.`);
  return isUsed(parameter, dgf.description, chosen)
    ? parameter.options.map(({ value }) => value)
    : [parameter.default];
}
const combinations = offered('operator').flatMap((operator) =>
  offered('variant').flatMap((variant) =>
    offered('side', { operator, variant }).map((side) => ({ operator, variant, side })),
  ),
);

it.each(combinations)(
  'there is a clone of $operator, $variant, $side, for pictures of any size',
  (combination) => {
    for (const length of [500, 5000]) {
      const parameters = stepParameters(dgf, combination, { width: length, height: length });
      const model = chooseDgfModel(parameters, { models: (network) => library.models(network) });
      expect(clones.map(({ id }) => id)).toContain(model.id);
    }
  },
);

it.each(clones.filter(({ conditions }) => conditions.length > 0))(
  '$id is told the parameters that are offered, over the same range',
  ({ operator, conditions }) => {
    const { trained } = clonedOperators.find((one) => one.operator.description.id === operator)!;
    expect(conditions.map(({ name, min, max }) => ({ name, min, max }))).toEqual(trained);
  },
);

describe.each(clones)('$id on the processor is what PyTorch computes', (clone) => {
  const { id, outputs } = clone;
  const expected = expectedOf(id);
  const cases = outputs.flatMap((output): [string, Precision][] => [
    [output.id, 'float32'],
    ...(output.float16 ? [[output.id, 'float16'] as [string, Precision]] : []),
  ]);

  it.each(cases)('%s in %s', async (outputId, precision) => {
    const found = await runJob('cpu', await jobOf(clone, outputId, precision));
    expect(largestDifference(found, expected.get(outputId)!)).toBeLessThanOrEqual(tolerance[precision]);
  });
});

/** Planes of the picture that the network itself is given, and of what it is told beside it. */
const networkPlanes = (clone: ModelOf<'dgf'>) =>
  Object.values(told(clone)).reduce((sum, { channels }) => sum + channels, inputs.get('small')!.channels);

/** WebGPU goes by the number of planes: of six it made something else. One clone for each, at low resolution and at full. */
const differentlyFed = clones.filter((clone, at) => {
  const isAlike = ({ side }: ModelOf<'dgf'>) => (side === null) === (clone.side === null);
  const first = clones.findIndex((one) => isAlike(one) && networkPlanes(one) === networkPlanes(clone));
  return first === at;
});

describe.skipIf(!softwareDriver)('on WebGPU the network is what PyTorch computes', () => {
  const onWebgpu = softwareWebgpu();
  const cases = differentlyFed.map((clone) => ({ ...clone, clone, planes: networkPlanes(clone) }));

  it.each(cases)(
    '$planes planes: $id',
    async ({ clone }) => {
      const outputId = clone.side === null ? 'result' : 'coefficients';
      const found = await onWebgpu(await jobOf(clone, outputId, 'float32'));
      const expected = expectedOf(clone.id).get(outputId)!;
      expect(largestDifference(found, expected)).toBeLessThanOrEqual(tolerance.float32);
    },
    120_000,
  );
});
