import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SidelightError } from '../../contract/errors';
import type { NetworkTensor } from '../../filters/filter';
import { ModelLibrary } from '../models/library';
import { Sessions } from '../models/sessions';
import { type Provider, ProviderFailure } from '../providers/provider';
import { type ModelsFolder, modelsFolder } from '../testing/modelsFolder';
import { honest, providerTable, sessionOf } from '../testing/providers';
import { BelievedGraphs, type Place } from './believedGraphs';

type Run = (inputs: Readonly<Record<string, NetworkTensor>>) => NetworkTensor | Promise<NetworkTensor>;

let folder: ModelsFolder;
beforeEach(() => {
  folder = modelsFolder();
});
afterEach(() => folder.remove());

/** Every value of the result off by so much. */
const offBy =
  (difference: number, network: Run = honest): Run =>
  async (inputs) => {
    const right = await network(inputs);
    return { ...right, data: right.data.map((value) => value + difference) };
  };

/** Counts what the networks of a device did. */
function counted(network: Run) {
  const run = vi.fn(network);
  const released = vi.fn();
  const open = vi.fn<Provider['open']>(async () => sessionOf(run, released));
  return { provider: { unavailable: async () => null, open } satisfies Provider, run, open, released };
}

function setting(onGpu: Run, onProcessor: Run = honest) {
  const [gpu, processor] = [counted(onGpu), counted(onProcessor)];
  const library = new ModelLibrary(folder.path);
  const sessions = new Sessions(library, providerTable({ cpu: processor.provider, webgpu: gpu.provider }), 4);
  const warnings: SidelightError[] = [];
  const believed = new BelievedGraphs(sessions, (warning) => void warnings.push(warning));
  return { believed, warnings, gpu, processor, library };
}

const gpu32: Place = { device: 'webgpu', precision: 'float32' };
const gpu16: Place = { device: 'webgpu', precision: 'float16' };
const cpu: Place = { device: 'cpu', precision: 'float32' };

/** A slope that begins and ends with these values; `honest` adds a tenth. */
function pictures(from = 0, to = 1, side = 16) {
  const slope = (channels: number, low: number, high: number): NetworkTensor => {
    const length = channels * side * side;
    const data = Float32Array.from({ length }, (_, i) => low + ((high - low) * i) / (length - 1));
    return { data, channels, width: side, height: side };
  };
  return { target: slope(1, from, to), guidance: slope(3, 1, 1) };
}

describe('a graph that agrees', () => {
  it('is believed, and checked no more, whatever it is given', async () => {
    const { believed, warnings, gpu, processor, library } = setting(offBy(1e-5));
    const graph = library.find('tiny', 'I_2');
    expect(await believed.check(graph, gpu32, pictures())).toBe('agrees');
    expect(await believed.check(graph, gpu32, pictures(0.2, 0.9))).toBe('agrees');
    expect([gpu.run.mock.calls.length, processor.run.mock.calls.length]).toEqual([1, 1]);
    expect([believed.placeOf(graph, gpu32), warnings]).toEqual([gpu32, []]);
  });

  it('leaves no session of the processor behind', async () => {
    const { believed, processor, library } = setting(honest);
    await believed.check(library.find('tiny', 'I_2'), gpu32, pictures());
    expect([processor.open.mock.calls.length, processor.released.mock.calls.length]).toEqual([1, 1]);
  });

  it('is tried on a piece of large inputs', async () => {
    const { believed, gpu, processor, library } = setting(honest);
    await believed.check(library.find('tiny', 'I_2'), gpu32, pictures(0, 1, 256));
    for (const { run } of [gpu, processor])
      expect(run.mock.calls.map(([{ target }]) => target!.width)).toEqual([128]);
  });

  it('by a flat piece alone is tried again', async () => {
    let faulty = false;
    const { believed, processor, library } = setting((inputs) => (faulty ? offBy(0.2) : honest)(inputs));
    const graph = library.find('tiny', 'I_2');
    expect(await believed.check(graph, gpu32, pictures(0.5, 0.5))).toBe('agrees');
    faulty = true;
    expect(await believed.check(graph, gpu32, pictures())).toBe('differs');
    expect(processor.run).toHaveBeenCalledTimes(2);
  });

  it('may be off on a flat piece by what rounding does to values of that size', async () => {
    const { believed, library } = setting(offBy(0.015));
    const graph = library.find('tiny', 'I_2');
    expect(await believed.check(graph, gpu16, pictures(0.5, 0.501))).toBe('agrees');
    expect(await believed.check(graph, gpu32, pictures(0.5, 0.501))).toBe('differs');
  });

  it('may be off by more where values are larger', async () => {
    const { believed, library } = setting(offBy(4e-3));
    expect(await believed.check(library.find('tiny', 'I_2'), gpu32, pictures(0, 5))).toBe('agrees');
  });
});

describe('a graph that differs', () => {
  it('in float16 is computed in float32 there, which is tried for itself; nobody is told', async () => {
    const { believed, warnings, library } = setting(offBy(0.021));
    const graph = library.find('tiny', 'I_2');
    expect(await believed.check(graph, gpu16, pictures())).toBe('differs');
    expect([believed.placeOf(graph, gpu16), believed.placeOf(graph, gpu32), warnings]).toEqual([
      gpu32,
      gpu32,
      [],
    ]);
    expect(await believed.check(graph, gpu32, pictures())).toBe('differs');
    expect([believed.placeOf(graph, gpu16), believed.placeOf(graph, gpu32)]).toEqual([cpu, cpu]);
  });

  it.each([
    [
      'by one value',
      (inputs) => {
        const right = honest(inputs) as NetworkTensor;
        return { ...right, data: right.data.map((value, i) => (i === 200 ? value + 1.1e-3 : value)) };
      },
    ],
    ['in its size', (inputs) => ({ ...honest(inputs), data: Float32Array.of(1, 2, 3) })],
  ] satisfies [string, Run][])('%s in float32 is left to the processor', async (_, onGpu) => {
    const { believed, gpu, library } = setting(onGpu);
    const graph = library.find('tiny', 'I_2');
    expect(await believed.check(graph, gpu32, pictures())).toBe('differs');
    expect(await believed.check(graph, gpu32, pictures())).toBe('differs');
    expect(gpu.run).toHaveBeenCalledTimes(1);
    expect(believed.placeOf(graph, gpu32)).toEqual(cpu);
  });

  it('is told of once for its model, by name; other models stay', async () => {
    const { believed, warnings, library } = setting((inputs) =>
      'picture' in inputs ? offBy(0.3)(inputs) : honest(inputs),
    );
    const [picture, coefficients] = [pictures().guidance, honest({ picture: pictures().guidance })];
    const varied = { ...picture, data: picture.data.map((_, i) => i / picture.data.length) };
    const small = library.find('tiny-clone', 'coefficients');
    expect(await believed.check(small, gpu32, { picture: varied })).toBe('differs');
    const layer = library.find('tiny-clone', 'result');
    expect(await believed.check(layer, gpu32, { picture: varied, coefficients })).toBe('differs');
    expect(warnings).toMatchObject([
      { code: 'device-wrong-result', details: { device: 'webgpu', model: 'tiny-clone' } },
    ]);
    expect(warnings[0]?.message).toContain('“Tiny clone”');
    const other = library.find('tiny', 'I_2');
    expect(await believed.check(other, gpu32, pictures())).toBe('agrees');
    expect(believed.placeOf(other, gpu32)).toEqual(gpu32);
    expect(believed.leftToProcessor('webgpu', ['tiny-clone'])).toEqual({
      titles: ['Tiny clone'],
      entirely: true,
    });
    expect(believed.leftToProcessor('webgpu', ['tiny', 'tiny-clone'])).toEqual({
      titles: ['Tiny clone'],
      entirely: false,
    });
    expect(believed.leftToProcessor('webgpu', ['tiny'])).toEqual({ titles: [], entirely: false });
    expect(believed.leftToProcessor('webgpu', [])).toEqual({ titles: [], entirely: false });
  });
});

it.each([
  ['no numbers', ({ target }) => ({ ...target!, data: target!.data.map(() => Number.NaN) })],
  ['an empty picture', ({ target }) => ({ ...target!, data: target!.data.map(() => 0) })],
] satisfies [string, Run][])('a device that gives %s is to blame, not the graph', async (_, onGpu) => {
  const { believed, warnings, library } = setting(onGpu);
  const graph = library.find('tiny', 'I_2');
  expect(await believed.check(graph, gpu32, pictures())).toEqual({ faulty: expect.any(String) });
  expect([believed.placeOf(graph, gpu32), warnings]).toEqual([gpu32, []]);
});

it('what the processor finds black is not faulty', async () => {
  const black: Run = ({ target }) => ({ ...target!, data: target!.data.map(() => 0) });
  const { believed, library } = setting(black, black);
  expect(await believed.check(library.find('tiny', 'I_2'), gpu32, pictures())).toBe('agrees');
});

describe('uses at the same time', () => {
  it('check once', async () => {
    const { believed, gpu, processor, library } = setting(honest);
    const graph = library.find('tiny', 'I_2');
    const verdicts = await Promise.all([0, 1, 2].map(() => believed.check(graph, gpu32, pictures())));
    expect(verdicts).toEqual(['agrees', 'agrees', 'agrees']);
    expect([gpu.run.mock.calls.length, processor.run.mock.calls.length]).toEqual([1, 1]);
  });

  it('do not take a check for theirs that failed or was made on a flat piece', async () => {
    let runs = 0;
    const { believed, processor, library } = setting((inputs) => {
      runs += 1;
      if (runs === 1) throw new ProviderFailure('memory', 'Out of memory.');
      return honest(inputs);
    });
    const graph = library.find('tiny', 'I_2');
    const [first, ...others] = await Promise.allSettled([
      believed.check(graph, gpu32, pictures()),
      believed.check(graph, gpu32, pictures(0.5, 0.5)),
      believed.check(graph, gpu32, pictures()),
    ]);
    expect(first).toMatchObject({ status: 'rejected', reason: { kind: 'memory' } });
    expect(others).toEqual([0, 1].map(() => ({ status: 'fulfilled', value: 'agrees' })));
    expect(processor.run).toHaveBeenCalledTimes(2);
  });
});

it.each([
  ['memory', 'memory-exhausted'],
  ['device', 'device-failed'],
] as const)('a processor that fails (%s) is not taken for the device', async (kind, code) => {
  const { believed, processor, library } = setting(honest, () => {
    throw new ProviderFailure(kind, 'No.');
  });
  await expect(believed.check(library.find('tiny', 'I_2'), gpu32, pictures())).rejects.toMatchObject({
    code,
  });
  expect(processor.released).toHaveBeenCalledTimes(1);
});

it('the processor is believed without a check', async () => {
  const { believed, processor, library } = setting(honest);
  expect(await believed.check(library.find('tiny', 'I_2'), cpu, pictures())).toBe('agrees');
  expect(processor.open).not.toHaveBeenCalled();
});
