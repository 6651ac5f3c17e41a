import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SidelightError } from '../contract/errors';
import type { NetworkTensor } from '../filters/filter';
import { BelievedGraphs } from './agreement/believedGraphs';
import { Devices } from './devices';
import { ModelLibrary } from './models/library';
import { Sessions } from './models/sessions';
import { Networks, type Purpose } from './networks';
import { type Provider, ProviderFailure } from './providers/provider';
import { type ModelsFolder, modelsFolder, tinyManifest } from './testing/modelsFolder';
import { honest, off, providerOf, providerTable, sessionOf } from './testing/providers';

let folder: ModelsFolder;
beforeEach(() => {
  folder = modelsFolder();
});
afterEach(() => folder.remove());

const tensor = (channels: number, side: number, value: number): NetworkTensor => ({
  data: new Float32Array(channels * side * side).fill(value),
  channels,
  width: side,
  height: side,
});
/** From 0.2 to the value. */
const slope = (channels: number, side: number, value: number): NetworkTensor => {
  const even = tensor(channels, side, value);
  return { ...even, data: even.data.map((to, i) => 0.2 + ((to - 0.2) * i) / even.data.length) };
};

const inputs = (side = 16) => ({ target: slope(1, side, 0.5), guidance: slope(3, side, 1) });

async function onWebgpu(
  webgpu: Provider,
  cpu: Provider = providerOf(honest),
  { purpose = 'export' as Purpose, float16 = false } = {},
) {
  const library = new ModelLibrary(folder.path);
  const table = providerTable({ cpu, webgpu });
  const devices = new Devices(
    table,
    async () => ({ state: 'ready', milliseconds: 1, processorMilliseconds: 1, difference: 0, float16 }),
    'auto',
    () => undefined,
  );
  await devices.probeAll();
  const warnings: SidelightError[] = [];
  const warn = (warning: SidelightError) => void warnings.push(warning);
  const sessions = new Sessions(library, table, 2);
  const believed = new BelievedGraphs(sessions, warn);
  const start = () => new Networks({ library, devices, sessions, believed, warn }, devices.active(), purpose);
  return { networks: start(), start, devices, warnings };
}

const right = honest(inputs()).data;

it('a device that delivers is kept', async () => {
  const { networks, devices, warnings } = await onWebgpu(providerOf(honest));
  expect((await networks.run('tiny', 'I_2', inputs())).data).toEqual(right);
  expect([networks.current, devices.active(), warnings.length]).toEqual(['webgpu', 'webgpu', 0]);
  expect([...networks.used]).toEqual(['tiny']);
});

describe('the same tile is computed on the processor, and the user told, after', () => {
  it.each<[string, Provider, string]>([
    [
      'a device that throws',
      providerOf(() => {
        throw new ProviderFailure('device', 'Device lost.');
      }),
      'failed',
    ],
    ['a device that gives no numbers', providerOf(off(Number.NaN)), 'wrong-result'],
    [
      'a device that gives black',
      providerOf(({ target }) => ({ ...target!, data: target!.data.map(() => 0) })),
      'wrong-result',
    ],
  ])('%s', async (_, webgpu, state) => {
    const { networks, devices, warnings } = await onWebgpu(webgpu);
    expect((await networks.run('tiny', 'I_2', inputs())).data).toEqual(right);
    expect(networks.current).toBe('cpu');
    expect(devices.report().devices.find(({ device }) => device === 'webgpu')?.state).toBe(state);
    expect(warnings.map(({ code, details }) => ({ code, details }))).toEqual([
      { code: 'device-failed', details: { from: 'webgpu', to: 'cpu' } },
    ]);
  });
});

/** Right as long as it is tried, then as `then` has it. */
function onceHonest(then: Parameters<typeof providerOf>[0]): Provider {
  let runs = 0;
  return providerOf((given) => {
    runs += 1;
    return runs === 1 ? honest(given) : then(given);
  });
}

describe('a graph is computed on a device', () => {
  const wrongIn = (width: number) =>
    providerOf((given) => (given.target?.width === width ? off(0.3) : honest)(given));

  it('only when a piece of the inputs has agreed with the processor; then its own results are given out', async () => {
    const slightly = off(1e-4);
    const { networks, start, warnings } = await onWebgpu(providerOf(slightly));
    for (const run of [networks, start()])
      expect((await run.run('tiny', 'I_2', inputs())).data).toEqual(slightly(inputs()).data);
    expect([networks.deviceOf({ model: 'tiny', output: 'I_2' }), warnings]).toEqual(['webgpu', []]);
  });

  it('else the processor computes it, in this run and all others; the device is kept for other graphs', async () => {
    const onlyTinyWrong = providerOf((given) => (given.target ? off(0.01) : honest)(given));
    const { networks, start, devices, warnings } = await onWebgpu(onlyTinyWrong);
    for (const run of [networks, start()]) {
      expect((await run.run('tiny', 'I_2', inputs())).data).toEqual(right);
      expect([run.current, run.deviceOf({ model: 'tiny', output: 'I_2' })]).toEqual(['webgpu', 'cpu']);
      expect(run.deviceOf({ model: 'tiny-clone', output: 'coefficients' })).toBe('webgpu');
    }
    expect(devices.active()).toBe('webgpu');
    expect(warnings.map(({ code }) => code)).toEqual(['device-wrong-result']);
  });

  it('never a tile of one that is wrong, be the tile right or larger than what is tried', async () => {
    const { networks } = await onWebgpu(wrongIn(128));
    expect((await networks.run('tiny', 'I_2', inputs(256))).data).toEqual(honest(inputs(256)).data);
    expect(networks.deviceOf({ model: 'tiny', output: 'I_2' })).toBe('cpu');
  });

  it('without a check on the processor itself', async () => {
    const cpu = { ...providerOf(honest), open: vi.fn(providerOf(honest).open) };
    const { networks } = await onWebgpu(wrongIn(16), cpu);
    await networks.run('tiny', 'I_2', inputs());
    await networks.run('tiny', 'I_2', inputs());
    // Once to compare, once for good.
    expect(cpu.open).toHaveBeenCalledTimes(2);
  });

  it('that fails on the processor too is an error, not a device that is left', async () => {
    let runs = 0;
    const cpu = providerOf((given) => {
      runs += 1;
      if (runs > 1) throw new ProviderFailure('device', 'Bad graph.');
      return honest(given);
    });
    const { networks, devices } = await onWebgpu(wrongIn(16), cpu);
    await expect(networks.run('tiny', 'I_2', inputs())).rejects.toMatchObject({ code: 'device-failed' });
    expect(devices.active()).toBe('webgpu');
  });
});

it.each([
  ['no numbers', off(Number.NaN)],
  ['black', ({ target }: { target?: NetworkTensor }) => ({ ...target!, data: target!.data.map(() => 0) })],
])('a graph that agreed once and gives %s later is caught too', async (_, later) => {
  const { networks } = await onWebgpu(onceHonest(later));
  expect((await networks.run('tiny', 'I_2', inputs())).data).toEqual(right);
  expect(networks.current).toBe('cpu');
});

it('black is wrong for a picture whatever the network is told beside it', async () => {
  const { networks } = await onWebgpu(
    onceHonest(({ picture }) => ({ ...picture!, data: picture!.data.map(() => 0) })),
  );
  const picture = slope(3, 16, 1);
  const told = { condition: tensor(1, 1, 0), texture: tensor(3, 16, 0) };
  const { data } = await networks.run('tiny-clone', 'coefficients', { picture, ...told });
  expect(data).toEqual(honest({ picture }).data);
  expect(networks.current).toBe('cpu');
});

it('black is right for a black target', async () => {
  const target = providerOf(({ target }) => target!);
  const { networks, warnings } = await onWebgpu(target, target);
  const black = { target: tensor(1, 16, 0), guidance: tensor(3, 16, 1) };
  expect((await networks.run('tiny', 'I_2', black)).data.every((value) => value === 0)).toBe(true);
  expect(warnings).toEqual([]);
});

it('black is right for a black draft', async () => {
  const operator = providerOf(({ draft }) => draft!);
  const { networks, warnings } = await onWebgpu(operator, operator);
  const inputs = { picture: slope(3, 16, 1), draft: tensor(3, 16, 0) };
  const { data } = await networks.run('tiny-clone', 'coefficients', inputs);
  expect(data.every((value) => value === 0)).toBe(true);
  expect([networks.current, warnings]).toEqual(['webgpu', []]);
});

describe('float16', () => {
  /** Tells which graphs were opened; `inFloat16` is what the network does in float16. */
  function provider(inFloat16 = honest) {
    const opened: string[] = [];
    const [{ outputs }] = tinyManifest().models;
    const float16Bytes = outputs[0]!.float16.bytes;
    const webgpu: Provider = {
      ...providerOf(honest),
      open: async ({ graph }) => {
        const halves = graph.length === float16Bytes;
        opened.push(halves ? 'float16' : 'float32');
        return sessionOf((given) => (halves ? inFloat16 : honest)(given));
      },
    };
    return { webgpu, opened };
  }

  it.each<[Purpose, boolean, string]>([
    ['preview', true, 'float16'],
    ['preview', false, 'float32'],
    ['export', true, 'float32'],
  ])('a %s on a device that is right in it: %s, is computed in %s', async (purpose, float16, precision) => {
    const { webgpu, opened } = provider();
    const { networks } = await onWebgpu(webgpu, undefined, { purpose, float16 });
    await networks.run('tiny', 'I_2', inputs());
    expect([networks.precision, ...opened]).toEqual([precision, precision]);
  });

  it('is left for the graph that differs in it, on the same device, without a word', async () => {
    const { webgpu, opened } = provider(off(0.05));
    const { networks, start, warnings } = await onWebgpu(webgpu, undefined, {
      purpose: 'preview',
      float16: true,
    });
    for (const run of [networks, start()])
      expect((await run.run('tiny', 'I_2', inputs())).data).toEqual(right);
    expect([opened, networks.current, networks.deviceOf({ model: 'tiny', output: 'I_2' }), warnings]).toEqual(
      [['float16', 'float32'], 'webgpu', 'webgpu', []],
    );
    // Other graphs go on in it.
    expect(networks.precision).toBe('float16');
  });

  it.each([
    ['throws', () => failing()],
    ['gives no numbers', off(Number.NaN)],
  ])('is left, not the device, when it %s', async (_, inFloat16) => {
    const { webgpu, opened } = provider(inFloat16);
    const { networks, warnings } = await onWebgpu(webgpu, undefined, { purpose: 'preview', float16: true });
    expect((await networks.run('tiny', 'I_2', inputs())).data).toEqual(right);
    expect([opened, networks.current, networks.precision, warnings]).toEqual([
      ['float16', 'float32'],
      'webgpu',
      'float32',
      [],
    ]);
  });

  function failing(): never {
    throw new ProviderFailure('device', 'No float16.');
  }
});

describe('a device without memory', () => {
  const full = providerOf(() => {
    throw new ProviderFailure('memory', 'Out of memory.');
  });

  it('is asked with smaller tiles first', async () => {
    const { networks } = await onWebgpu(full);
    await expect(networks.run('tiny', 'I_2', inputs(256))).rejects.toMatchObject({
      code: 'memory-exhausted',
    });
    expect(networks.current).toBe('webgpu');
  });

  it('is left when it cannot hold even small ones', async () => {
    const { networks } = await onWebgpu(full);
    expect((await networks.run('tiny', 'I_2', inputs(16))).data).toEqual(right);
    expect(networks.current).toBe('cpu');
  });

  it('is left when they are small, however fine their guidance is', async () => {
    const { networks } = await onWebgpu(full);
    const fine = { target: slope(1, 64, 0.5), guidance: slope(3, 256, 1) };
    expect((await networks.run('tiny', 'I_2', fine)).data).toEqual(honest(fine).data);
    expect(networks.current).toBe('cpu');
  });
});

it('when the processor fails too there is an error with a way out', async () => {
  const throwing = providerOf(() => {
    throw new ProviderFailure('device', 'Bad graph.');
  });
  const { networks } = await onWebgpu(throwing, throwing);
  await expect(networks.run('tiny', 'I_2', inputs())).rejects.toMatchObject({ code: 'device-failed' });
});

it('a damaged model is the model’s fault, not the device’s', async () => {
  const { networks, devices } = await onWebgpu(providerOf(honest));
  await expect(networks.run('tiny', 'I_9', inputs())).rejects.toMatchObject({ code: 'model-missing' });
  expect(devices.active()).toBe('webgpu');
});
