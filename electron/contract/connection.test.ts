import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CloseReason } from './channel';
import { EngineConnection, type Recovery } from './connection';
import type { EngineApi, EngineArgs, ExportReport } from './engine';
import { SidelightError } from './errors';
import { type MemoryLink, memoryLink } from './memoryChannel';
import { serveEngine } from './rpc';
import { deviceReport, ownNetwork, sourceInfo, standInEngine } from './standInEngine';

/** A shell whose engines can be made to die; `lives` says what each of them answers. */
function shellWith(...lives: Partial<EngineApi>[]) {
  const links: MemoryLink[] = [];
  const open = async () => {
    const answers = lives[Math.min(links.length, lives.length - 1)] ?? {};
    const link = memoryLink();
    serveEngine(link.engine, standInEngine({ chooseDevice: async () => deviceReport, ...answers }));
    links.push(link);
    return link.client;
  };
  const connection = new EngineConnection(open);
  const recoveries: (Recovery | null)[] = [];
  connection.onState((state, recovery) => {
    if (state === 'ready') recoveries.push(recovery);
  });
  return { connection, links, recoveries, engineDies: (reason: CloseReason) => links.at(-1)?.end(reason) };
}

const never = () => new Promise<never>(() => undefined);

const opening: EngineArgs<'openSource'> = {
  sourceId: 's',
  fileId: 'f',
  role: 'target',
  unknownMarker: 'auto',
  unit: 'mm',
};

const exporting: EngineArgs<'exportResult'> = {
  jobId: 'j',
  document: {
    target: 's',
    guidance: null,
    processing: { fit: 'refuse', unknown: 'keep', targetValues: 'continuous', steps: [] },
  },
  writeId: 'w',
  settings: { format: 'png', sampleType: 'u16', range: null, overwrite: 'refuse', quality: 90 },
  device: 'auto',
};

const report: ExportReport = {
  path: '/out.png',
  bytes: 1,
  size: { width: 4, height: 3 },
  format: 'png',
  sampleType: 'u16',
  clampedPixels: 0,
  unknownPixels: 0,
  device: 'cpu',
  models: [],
  milliseconds: 1,
  peakBytes: 1,
  notices: [],
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a connection', () => {
  it('sends what was asked before it was ready', async () => {
    const { connection } = shellWith({ devices: async () => deviceReport });
    await expect(connection.engine.devices({ probe: false })).resolves.toEqual(deviceReport);
    expect(connection.currentState).toBe('ready');
  });

  it('sends once what is asked the moment it is ready', async () => {
    const devices = vi.fn(async () => deviceReport);
    const { connection } = shellWith({ devices });
    const asked = new Promise((resolve) => {
      connection.onState((state) => {
        if (state === 'ready') resolve(connection.engine.devices({ probe: false }));
      });
    });
    await expect(asked).resolves.toEqual(deviceReport);
    await connection.engine.devices({ probe: true });
    expect(devices).toHaveBeenCalledTimes(2);
  });

  it('opens sources again under their own ids, in a crashed engine’s successor', async () => {
    const openSource = vi.fn(async () => sourceInfo);
    const { connection, engineDies, recoveries } = shellWith({ openSource });
    await connection.engine.openSource(opening);
    await connection.engine.openSource({ ...opening, sourceId: 'other' });
    engineDies('crashed');
    await vi.waitFor(() => expect(openSource).toHaveBeenCalledTimes(4));
    expect(
      openSource.mock.calls.slice(2).map(([args]: EngineArgs<'openSource'>[]) => args?.sourceId),
    ).toEqual(['s', 'other']);
    await vi.waitFor(() => expect(recoveries).toEqual([null, { reason: 'crashed', retried: false }]));
  });

  it('does not open closed sources again', async () => {
    const openSource = vi.fn(async () => sourceInfo);
    const { connection, engineDies, recoveries } = shellWith({ openSource, closeSource: async () => ({}) });
    await connection.engine.openSource(opening);
    await connection.engine.closeSource({ sourceId: 's' });
    engineDies('crashed');
    await vi.waitFor(() => expect(recoveries).toHaveLength(2));
    expect(openSource).toHaveBeenCalledTimes(1);
  });

  it('opens models again that passed, and no others', async () => {
    const openModel = vi.fn(async ({ fileId }: EngineArgs<'openModel'>) => {
      if (fileId === 'bad') throw new SidelightError('own-model-unsuited', 'It is none.', 'Choose another.');
      return ownNetwork;
    });
    const { connection, engineDies, recoveries } = shellWith({ openModel });
    await connection.engine.openModel({ fileId: 'good' });
    await expect(connection.engine.openModel({ fileId: 'bad' })).rejects.toMatchObject({
      code: 'own-model-unsuited',
    });
    engineDies('crashed');
    await vi.waitFor(() => expect(recoveries).toHaveLength(2));
    expect(openModel.mock.calls.slice(2)).toEqual([[{ fileId: 'good' }]]);
  });

  it('opens photographs again before models, except one that an engine died of', async () => {
    const order: string[] = [];
    const answers = {
      openModel: async () => {
        order.push('model');
        return ownNetwork;
      },
      openPhotograph: async ({ fileId }: EngineArgs<'openPhotograph'>) => {
        order.push(fileId);
        return { fingerprint: '0'.repeat(64), name: 'sea.jpg' };
      },
    };
    const dyingOf = () => {
      engineDies('crashed');
      return never();
    };
    const deadly = { ...answers, openPhotograph: dyingOf };
    const { connection, engineDies, recoveries } = shellWith(answers, deadly, answers);
    await connection.engine.openModel({ fileId: 'm' });
    for (const fileId of ['first', 'second']) await connection.engine.openPhotograph({ fileId });
    order.length = 0;
    engineDies('crashed');
    await vi.waitFor(() => expect(recoveries).toHaveLength(2));
    expect(order).toEqual(['second', 'model']);
  });

  it('does an export once more, on the processor, after a crash', async () => {
    const first = vi.fn(never);
    const second = vi.fn(async () => report);
    const chooseDevice = vi.fn(async () => deviceReport);
    const { connection, engineDies, recoveries } = shellWith(
      { exportResult: first },
      { exportResult: second, chooseDevice },
    );
    const result = connection.engine.exportResult(exporting);
    await vi.waitFor(() => expect(first).toHaveBeenCalledWith(exporting));
    engineDies('crashed');
    await expect(result).resolves.toEqual(report);
    expect(second).toHaveBeenCalledWith({ ...exporting, device: 'cpu' });
    expect(chooseDevice).toHaveBeenCalledWith({ device: 'cpu' });
    expect(recoveries[1]).toEqual({ reason: 'crashed', retried: true });
  });

  it('gives up what two engines died of, and goes on', async () => {
    const exportResult = vi.fn(never);
    const { connection, engineDies } = shellWith({ exportResult, devices: async () => deviceReport });
    const result = connection.engine.exportResult(exporting).catch((thrown: unknown) => thrown);
    await vi.waitFor(() => expect(exportResult).toHaveBeenCalledTimes(1));
    engineDies('crashed');
    await vi.waitFor(() => expect(exportResult).toHaveBeenCalledTimes(2));
    engineDies('crashed');
    await expect(result).resolves.toMatchObject({ code: 'engine-crashed' });
    await expect(connection.engine.devices({ probe: false })).resolves.toEqual(deviceReport);
    expect(exportResult).toHaveBeenCalledTimes(2);
  });

  it('does not repeat what the user stopped', async () => {
    const exportResult = vi.fn(never);
    const { connection, engineDies, recoveries } = shellWith({ exportResult });
    const result = connection.engine.exportResult(exporting).catch((thrown: unknown) => thrown);
    await vi.waitFor(() => expect(exportResult).toHaveBeenCalledTimes(1));
    engineDies('stopped');
    await expect(result).resolves.toMatchObject({ code: 'cancelled' });
    await vi.waitFor(() => expect(recoveries[1]).toEqual({ reason: 'stopped', retried: false }));
    expect(exportResult).toHaveBeenCalledTimes(1);
  });

  it('asks again over a new link when only the link broke, without changing the device', async () => {
    const first = vi.fn(never);
    const second = vi.fn(async () => report);
    const { connection, engineDies } = shellWith({ exportResult: first }, { exportResult: second });
    const result = connection.engine.exportResult(exporting);
    await vi.waitFor(() => expect(first).toHaveBeenCalledTimes(1));
    engineDies('lost');
    await expect(result).resolves.toEqual(report);
    expect(second).toHaveBeenCalledWith(exporting);
  });

  it('gives up a request over links that break again and again', async () => {
    const exportResult = vi.fn(never);
    const { connection, engineDies } = shellWith({ exportResult });
    const result = connection.engine.exportResult(exporting).catch((thrown: unknown) => thrown);
    for (let times = 1; times <= 4; times += 1) {
      await vi.waitFor(() => expect(exportResult).toHaveBeenCalledTimes(times));
      engineDies('lost');
    }
    await expect(result).resolves.toMatchObject({ code: 'engine-unreachable' });
    expect(exportResult).toHaveBeenCalledTimes(4);
  });

  it('keeps the chosen device after the user stopped the engine', async () => {
    const chooseDevice = vi.fn(async () => deviceReport);
    const { connection, engineDies } = shellWith({ chooseDevice });
    await connection.engine.chooseDevice({ device: 'webgpu' });
    engineDies('stopped');
    await vi.waitFor(() => expect(chooseDevice).toHaveBeenCalledTimes(2));
    expect(chooseDevice).toHaveBeenLastCalledWith({ device: 'webgpu' });
  });

  it('does not open a file again that engines die of', async () => {
    const healthy = vi.fn(async () => sourceInfo);
    const deadly: Partial<EngineApi> = { openSource: never };
    const { connection, links, engineDies } = shellWith({ openSource: healthy }, deadly, {
      openSource: healthy,
      devices: async () => deviceReport,
    });
    await connection.engine.openSource(opening);
    engineDies('crashed');
    await vi.waitFor(() => expect(links).toHaveLength(2));
    await new Promise((done) => setImmediate(done));
    engineDies('crashed');
    await vi.advanceTimersByTimeAsync(500);
    await expect(connection.engine.devices({ probe: false })).resolves.toEqual(deviceReport);
    expect(healthy).toHaveBeenCalledTimes(1);
  });

  it('does not open a file again that did not open', async () => {
    const openSource = vi.fn(async () => {
      throw new SidelightError('image-damaged', 'It is damaged.', 'Get it again.');
    });
    const { connection, engineDies, recoveries } = shellWith({ openSource });
    await expect(connection.engine.openSource(opening)).rejects.toMatchObject({ code: 'image-damaged' });
    engineDies('crashed');
    await vi.waitFor(() => expect(recoveries).toHaveLength(2));
    expect(openSource).toHaveBeenCalledTimes(1);
  });

  it('says so when no engine can be had, at once for whatever is asked later', async () => {
    const connection = new EngineConnection(async () => {
      throw new Error('no');
    });
    const result = connection.engine.describe({}).catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(10_000);
    await expect(result).resolves.toMatchObject({ code: 'engine-unreachable' });
    expect(connection.currentState).toBe('closed');
    await expect(connection.engine.describe({})).rejects.toMatchObject({ code: 'engine-unreachable' });
  });

  it('starts over when asked to after it gave up, with the sources that were open and the chosen device', async () => {
    const openSource = vi.fn(async () => sourceInfo);
    const chooseDevice = vi.fn(async () => deviceReport);
    const opened: MemoryLink[] = [];
    let there = true;
    const connection = new EngineConnection(async () => {
      if (!there) throw new Error('no');
      const link = memoryLink();
      serveEngine(
        link.engine,
        standInEngine({ openSource, chooseDevice, devices: async () => deviceReport }),
      );
      opened.push(link);
      return link.client;
    });
    const states: string[] = [];
    connection.onState((state) => states.push(state));
    await connection.engine.openSource(opening);
    await connection.engine.chooseDevice({ device: 'cpu' });
    there = false;
    opened[0]?.end('crashed');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(connection.currentState).toBe('closed');
    await expect(connection.engine.devices({ probe: false })).rejects.toMatchObject({
      code: 'engine-unreachable',
    });

    // Still no engine: it gives up again, and can be asked again.
    connection.reopen();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(connection.currentState).toBe('closed');

    there = true;
    connection.reopen();
    await expect(connection.engine.devices({ probe: false })).resolves.toEqual(deviceReport);
    expect(openSource).toHaveBeenCalledTimes(2);
    expect(openSource).toHaveBeenLastCalledWith(opening);
    expect(chooseDevice).toHaveBeenLastCalledWith({ device: 'cpu' });
    expect(states).toEqual(['ready', 'recovering', 'closed', 'connecting', 'closed', 'connecting', 'ready']);
  });

  it('opens one link only, however often it is asked to start over', async () => {
    const { connection, links } = shellWith({ devices: async () => deviceReport });
    connection.reopen();
    await connection.engine.devices({ probe: false });
    connection.reopen();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(links).toHaveLength(1);
    expect(connection.currentState).toBe('ready');
  });

  it('stays closed when its owner closed it', async () => {
    const { connection, links } = shellWith({ devices: async () => deviceReport });
    await connection.engine.devices({ probe: false });
    connection.close();
    connection.reopen();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(connection.currentState).toBe('closed');
    expect(links).toHaveLength(1);
  });

  it('opens no further link when it is closed while it looks for one', async () => {
    const open = vi.fn(async () => {
      throw new Error('no');
    });
    const connection = new EngineConnection(open);
    await vi.advanceTimersByTimeAsync(250);
    const tried = open.mock.calls.length;
    connection.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(open).toHaveBeenCalledTimes(tried);
  });

  it('closes the link and whatever waits when it is closed', async () => {
    const { connection, links } = shellWith({ describe: never, devices: async () => deviceReport });
    await connection.engine.devices({ probe: false });
    const waiting = connection.engine.describe({}).catch((thrown: unknown) => thrown);
    const closed = vi.fn();
    links[0]?.engine.onClose(closed);
    connection.close();
    await expect(waiting).resolves.toMatchObject({ code: 'cancelled' });
    expect(closed).toHaveBeenCalledTimes(1);
    expect(links).toHaveLength(1);
  });

  it('tells events of each engine to those who listen', async () => {
    const links: MemoryLink[] = [];
    const tells: ReturnType<typeof serveEngine>[] = [];
    const connection = new EngineConnection(async () => {
      const link = memoryLink();
      links.push(link);
      tells.push(serveEngine(link.engine, standInEngine({ devices: async () => deviceReport })));
      return link.client;
    });
    const listener = vi.fn();
    const stop = connection.onEvent('memory', listener);
    await connection.engine.devices({ probe: false });
    tells[0]?.('memory', { residentBytes: 2, storedBytes: 1 });
    tells[0]?.('devicesChanged', deviceReport);
    await vi.waitFor(() => expect(listener).toHaveBeenCalledWith({ residentBytes: 2, storedBytes: 1 }));
    links[0]?.end('crashed');
    await vi.waitFor(() => expect(tells).toHaveLength(2));
    await connection.engine.devices({ probe: false });
    tells[1]?.('memory', { residentBytes: 4, storedBytes: 3 });
    await vi.waitFor(() => expect(listener).toHaveBeenCalledTimes(2));
    stop();
    tells[1]?.('memory', { residentBytes: 6, storedBytes: 5 });
    await connection.engine.devices({ probe: false });
    expect(listener).toHaveBeenCalledTimes(2);
  });
});
