import { afterEach, beforeEach, expect, it } from 'vitest';
import type { NetworkTensor } from '../filters/filter';
import { ModelLibrary } from './models/library';
import { probe } from './probe';
import { onnxRuntimeProviders } from './providers/onnxRuntime';
import { type Provider, ProviderFailure } from './providers/provider';
import { cleanedFirst, type ModelsFolder, modelsFolder } from './testing/modelsFolder';
import { honest, off, providerOf, providerTable } from './testing/providers';

let folder: ModelsFolder;
beforeEach(() => {
  folder = modelsFolder();
});
afterEach(() => folder.remove());

const probed = (webgpu: Provider) =>
  probe('webgpu', providerTable({ cpu: providerOf(honest), webgpu }), new ModelLibrary(folder.path));

it('a device that agrees with the processor is ready', async () => {
  expect(await probed(providerOf(off(1e-5)))).toMatchObject({ state: 'ready', float16: true });
});

it('is tried with a guidance as fine as the network wants it, of the same picture', async () => {
  const { version, models } = cleanedFirst();
  folder.write({ version, models: models.slice(1).map((model) => ({ ...model, guidanceDetail: 4 })) });
  const sizes: number[][] = [];
  const noting = providerOf((inputs) => {
    const { target, guidance } = inputs as Record<'target' | 'guidance', NetworkTensor>;
    sizes.push([target.width, target.height, guidance.width, guidance.height]);
    for (let i = 0; i < target.data.length; i += 1) {
      const [x, y] = [i % target.width, Math.floor(i / target.width)];
      expect(guidance.data[4 * y * guidance.width + 4 * x]).toBeCloseTo(target.data[i]!, 6);
    }
    return honest(inputs);
  });
  expect(await probed(noting)).toMatchObject({ state: 'ready' });
  expect(new Set(sizes.map(String))).toEqual(new Set(['64,64,256,256']));
});

it('one wrong value is a wrong result, and told by how much', async () => {
  const outcome = await probed(providerOf(off(0.01)));
  expect(outcome).toMatchObject({ state: 'wrong-result' });
  expect(outcome.state === 'wrong-result' && outcome.difference).toBeGreaterThan(1e-3);
});

it.each<[string, Provider['open']]>([
  [
    'refuses to open such a network',
    async () => {
      throw new ProviderFailure('device', 'No f16.');
    },
  ],
  ['is wrong in it', providerOf(off(0.05)).open],
])('a device that %s is ready, but not in float16', async (_, openFloat16) => {
  const exact = providerOf(off(1e-5));
  let opened = 0;
  const webgpu: Provider = {
    ...exact,
    open: (network, output) => {
      opened += 1;
      return (opened === 1 ? exact.open : openFloat16)(network, output);
    },
  };
  expect(await probed(webgpu)).toMatchObject({ state: 'ready', float16: false });
});

it.each([Number.NaN, Number.POSITIVE_INFINITY])(
  'a value that is no number (%d) never passes',
  async (value) => {
    expect(await probed(providerOf(off(value)))).toMatchObject({ state: 'wrong-result', difference: null });
  },
);

it('a picture of another size never passes', async () => {
  const short = providerOf((inputs) => ({ ...honest(inputs), data: new Float32Array(3) }));
  expect(await probed(short)).toMatchObject({ state: 'wrong-result' });
});

it('a device that throws while it works has failed', async () => {
  const throwing = providerOf(() => {
    throw new ProviderFailure('device', 'Device lost.');
  });
  expect(await probed(throwing)).toEqual({ state: 'failed', detail: 'Device lost.' });
});

it('a device that does not even start is not there', async () => {
  const unstartable: Provider = {
    unavailable: async () => null,
    open: async () => {
      throw new ProviderFailure('device', 'No supported adapters.');
    },
  };
  expect(await probed(unstartable)).toMatchObject({
    state: 'unavailable',
    technical: 'No supported adapters.',
  });
  expect(await probe('dml', providerTable({}), new ModelLibrary(folder.path))).toEqual({
    state: 'unavailable',
    detail: 'Not in this test.',
  });
});

it('ONNX Runtime on the processor agrees with itself', async () => {
  const table = providerTable({ cpu: onnxRuntimeProviders.cpu, webgpu: onnxRuntimeProviders.cpu });
  expect(await probe('webgpu', table, new ModelLibrary(folder.path))).toMatchObject({
    state: 'ready',
    difference: 0,
  });
});
