import { beforeEach, expect, it, vi } from 'vitest';
import type { Channel, CloseReason } from '../../electron/contract/channel';
import { EngineConnection } from '../../electron/contract/connection';
import type { EngineApi } from '../../electron/contract/engine';
import { SidelightError } from '../../electron/contract/errors';
import { type MemoryLink, memoryLink } from '../../electron/contract/memoryChannel';
import { serveEngine } from '../../electron/contract/rpc';
import { deviceReport, sourceInfo, standInEngine } from '../../electron/contract/standInEngine';
import { useDocument } from '../document/documentStore';
import { followSources } from '../document/sourceReading';
import { newWork } from '../document/work';
import { dismissProblem, followEngine, startEngineAgain, useEngine } from './engineStore';
import { depth } from './shellAnswers';

/** A window whose engine can be taken away and given back. */
const surroundings = vi.hoisted(() => ({ connection: null as unknown }));
vi.mock('./engine', () => ({
  links: () => {
    const connection = surroundings.connection as EngineConnection;
    return { connection, engine: connection.engine };
  },
}));

let there = true;
let link: MemoryLink;
let tell: ReturnType<typeof serveEngine>;
const answers: Partial<EngineApi> = {};
const open = async (): Promise<Channel> => {
  if (!there) throw new Error('There is no engine.');
  link = memoryLink();
  tell = serveEngine(link.engine, standInEngine({ devices: async () => deviceReport, ...answers }));
  return link.client;
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  return () => void vi.useRealTimers();
});

const takeAway = async (reason: CloseReason) => {
  there = false;
  link.end(reason);
  await vi.advanceTimersByTimeAsync(10_000);
};

it('follows an engine through being given up and started again, and reads what was missed', async () => {
  const description = { version: '1', filters: [], presets: [], models: [], formats: [], processId: 1 };
  answers.describe = async () => description as never;
  const openSource = vi.fn(async () => sourceInfo);
  answers.openSource = openSource;
  surroundings.connection = new EngineConnection(open);
  followEngine();
  followSources();
  await vi.waitFor(() => expect(useEngine.getState().devices).toEqual(deviceReport));
  expect(useEngine.getState()).toMatchObject({ connection: 'ready', restarts: 0 });

  await takeAway('crashed');
  expect(useEngine.getState().connection).toBe('closed');
  const missed = new SidelightError('engine-unreachable', 'No engine.', 'Start it.').toData();
  const source = {
    sourceId: 's',
    file: depth,
    info: null,
    error: missed,
    readAs: 'target none auto',
    reading: 1,
  };
  const inputs = {
    guidance: null,
    target: { sourceId: 's', unit: 'none' as const, unknownMarker: 'auto' as const },
  };
  useDocument.setState({ work: { ...newWork(), inputs }, sources: { s: source } });
  expect(openSource).not.toHaveBeenCalled();

  there = true;
  startEngineAgain();
  await vi.waitFor(() => expect(useEngine.getState()).toMatchObject({ connection: 'ready', restarts: 1 }));
  await vi.waitFor(() =>
    expect(useDocument.getState().sources.s).toMatchObject({ info: sourceInfo, error: null }),
  );
  expect(openSource).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ sourceId: 's', fileId: depth.fileId, role: 'target' }),
  );

  // An engine that comes back by itself is a recovery, not a start by the user.
  link.end('crashed');
  await vi.waitFor(() => expect(useEngine.getState().recovery).toMatchObject({ reason: 'crashed' }));
  expect(useEngine.getState().restarts).toBe(1);
});

it('shows that a device failed or lied and where the work goes on, until that was read', async () => {
  there = true;
  surroundings.connection = new EngineConnection(open);
  followEngine();
  await vi.waitFor(() => expect(useEngine.getState().devices).toEqual(deviceReport));
  const lied = 'The device “webgpu” failed: It gave an empty picture. The work goes on with “cpu”.';
  tell('warning', new SidelightError('device-failed', lied, 'Nothing is lost.').toData());
  const fallenBack = { ...deviceReport, active: 'cpu' as const };
  tell('devicesChanged', fallenBack);
  await vi.waitFor(() => expect(useEngine.getState().problem).toMatchObject({ message: lied }));
  await vi.waitFor(() => expect(useEngine.getState().devices).toEqual(fallenBack));
  dismissProblem();
  expect(useEngine.getState().problem).toBeNull();
});
