import { decode, encode } from '@msgpack/msgpack';
import { describe, expect, it, vi } from 'vitest';
import type { EngineApi, EngineArgs } from './engine';
import { SidelightError } from './errors';
import { memoryLink } from './memoryChannel';
import { callEngine, serveEngine } from './rpc';
import { deviceReport, sourceInfo, standInEngine } from './standInEngine';

const opening: EngineArgs<'openSource'> = {
  sourceId: 's',
  fileId: 'f',
  role: 'target',
  unknownMarker: 'auto',
  unit: 'mm',
};

function connect(answers: Partial<EngineApi>) {
  const link = memoryLink();
  const tell = serveEngine(link.engine, standInEngine(answers));
  const onEvent = vi.fn();
  const engine = callEngine(link.client, onEvent);
  return { link, tell, onEvent, engine };
}

describe('calls', () => {
  it('carry arguments and results, bytes included', async () => {
    const rgba = Uint8Array.from({ length: 4096 }, (_, i) => i % 251);
    const renderTile = vi.fn(async () => ({
      state: 'done' as const,
      generation: 7,
      rgba,
      approximate: false,
      milliseconds: 1.5,
    }));
    const { engine } = connect({ renderTile });
    const request: EngineArgs<'renderTile'> = {
      document: {
        target: 't',
        guidance: null,
        processing: { fit: 'crop', unknown: 'keep', targetValues: 'continuous', steps: [] },
      },
      layer: 'result',
      level: 0,
      region: { x: 0, y: 0, width: 32, height: 32 },
      display: { colormap: 'turbo', range: { min: 0, max: 1 }, markSaturated: false },
      generation: 7,
    };
    const result = await engine.renderTile(request);
    expect(renderTile).toHaveBeenCalledWith(request);
    expect(result).toEqual({ state: 'done', generation: 7, rgba, approximate: false, milliseconds: 1.5 });
  });

  it('keep the engine object they are made on', async () => {
    class Counting {
      private count = 0;
      async devices() {
        this.count += 1;
        return { ...deviceReport, devices: [] };
      }
    }
    const counting = new Counting();
    const api = Object.assign(Object.create(counting) as Counting, standInEngine({}), {
      devices: counting.devices,
    });
    const link = memoryLink();
    serveEngine(link.engine, api);
    await expect(callEngine(link.client, vi.fn()).devices({ probe: false })).resolves.toEqual(deviceReport);
  });

  it('bring errors across as data, with code, remedy and details', async () => {
    const { engine } = connect({
      openSource: async () => {
        throw new SidelightError('image-damaged', 'It ends in the middle.', 'Get it again.', {
          path: '/a.png',
        });
      },
    });
    const error = await engine.openSource(opening).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SidelightError);
    expect(error).toMatchObject({
      code: 'image-damaged',
      message: 'It ends in the middle.',
      remedy: 'Get it again.',
      details: { path: '/a.png' },
    });
  });

  it('turn what nobody foresaw into an internal error', async () => {
    const { engine } = connect({
      describe: async () => {
        throw new TypeError('x is not a function');
      },
    });
    await expect(engine.describe({})).rejects.toMatchObject({ code: 'internal' });
  });

  it('are refused before they reach the engine when malformed', async () => {
    const openSource = vi.fn(async () => sourceInfo);
    const { engine } = connect({ openSource });
    const wrong = { ...opening, role: 'victim' } as unknown as EngineArgs<'openSource'>;
    await expect(engine.openSource(wrong)).rejects.toMatchObject({ code: 'request-invalid' });
    expect(openSource).not.toHaveBeenCalled();
  });

  it('refuse a result of the wrong shape', async () => {
    const { engine } = connect({ openSource: async () => ({ ...sourceInfo, channels: 2 }) as never });
    await expect(engine.openSource(opening)).rejects.toThrow();
  });
});

describe('what is no message', () => {
  it.each([
    ['random bytes', Uint8Array.from([1, 2, 3, 250, 0])],
    ['nothing', new Uint8Array()],
    ['msgpack null', Uint8Array.from([0xc0])],
    ['an array', Uint8Array.from([0x91, 0x01])],
  ])('does not end either side: %s', async (_, bytes) => {
    const { link, engine } = connect({ devices: async () => deviceReport });
    link.client.send(bytes);
    link.engine.send(bytes);
    await expect(engine.devices({ probe: false })).resolves.toEqual(deviceReport);
  });

  it.each(['constructor', '__proto__', 'toString', 'shutdown'])(
    'a method called %s is refused',
    async (method) => {
      const { link } = connect({});
      const answer = new Promise<unknown>((resolve) => {
        link.client.onMessage((bytes) => resolve(decode(bytes)));
      });
      link.client.send(encode({ t: 'q', i: 'mine', m: 'call', a: [method, {}] }));
      expect(await answer).toMatchObject({ i: 'mine', r: { ok: false, error: { code: 'request-invalid' } } });
    },
  );
});

describe('events', () => {
  it('arrive with their data', async () => {
    const { tell, onEvent } = connect({});
    tell('progress', { jobId: 'j', phase: 'filtering', done: 0.5, remainingMilliseconds: null });
    await vi.waitFor(() => expect(onEvent).toHaveBeenCalledTimes(1));
    expect(onEvent).toHaveBeenCalledWith('progress', {
      jobId: 'j',
      phase: 'filtering',
      done: 0.5,
      remainingMilliseconds: null,
    });
  });

  it('of the wrong shape are left out, the next one arrives', async () => {
    const { tell, onEvent } = connect({});
    tell('memory', { residentBytes: 'much' } as never);
    tell('memory', { residentBytes: 2, storedBytes: 1 });
    await vi.waitFor(() => expect(onEvent).toHaveBeenCalledTimes(1));
    expect(onEvent).toHaveBeenCalledWith('memory', { residentBytes: 2, storedBytes: 1 });
  });
});
