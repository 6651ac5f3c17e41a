import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryLink } from '../contract/memoryChannel';
import { callEngine } from '../contract/rpc';
import { Clients } from './clients';
import type { EngineMessage, HostMessage } from './control';
import { Engine } from './engine';
import { connectToHost, type PortLike } from './hostLink';
import { type Folder, temporaryFolder } from './testing/files';
import { noOwnModels } from './testing/ownModels';
import { honest, providerOf, providerTable } from './testing/providers';
import { pictureOf } from './testing/sources';

let folder: Folder;
let engine: Engine;
let sent: EngineMessage[];
let clients: Clients;
beforeEach(() => {
  folder = temporaryFolder();
  sent = [];
  engine = new Engine(
    {
      modelsFolder: folder.path,
      device: 'auto',
      tileBytes: 1e8,
      cacheBytes: 1e8,
      sessions: 2,
      logLevel: 'silent',
    },
    providerTable({ cpu: providerOf(honest) }),
    async () => ({ state: 'failed', detail: 'Not here.' }),
    noOwnModels(),
  );
  clients = new Clients(engine, {
    send: (message) => void sent.push(message),
    onMessage: () => undefined,
    onGone: () => undefined,
  });
});
afterEach(() => folder.remove());

/** A port as Electron hands over, and the client's end of it. */
function portPair() {
  const link = memoryLink();
  const port: PortLike = {
    postMessage: (message) => link.engine.send(message as Uint8Array),
    on(event: 'message' | 'close', listener: (event: { data: unknown }) => void) {
      if (event === 'message') link.engine.onMessage((data) => listener({ data }));
      else link.engine.onClose(() => listener({ data: null }));
    },
    start: () => undefined,
    close: () => link.engine.close(),
  };
  return { port, client: link.client };
}

describe('a client', () => {
  it('is served over a port of its own, until the port closes', async () => {
    const { port, client } = portPair();
    clients.attach('page', port);
    const onEvent = vi.fn();
    const api = callEngine(client, onEvent);
    const path = await folder.write('map.png', pictureOf(8, 8, 1));
    engine.files.permitReading('f', path);
    await api.openSource({ sourceId: 's', fileId: 'f', role: 'target', unknownMarker: 'none', unit: 'none' });
    expect(engine.store.bytes).toBe(256);
    engine.tell('memory', { residentBytes: 1, storedBytes: 2 });
    await vi.waitFor(() =>
      expect(onEvent).toHaveBeenCalledWith('memory', { residentBytes: 1, storedBytes: 2 }),
    );
    client.close();
    expect(engine.store.bytes).toBe(0);
    expect(sent).toEqual([]);
  });

  it('is sent over its port what there is to say, and no memory beyond it', async () => {
    const { port, client } = portPair();
    const { postMessage } = port;
    const unused: number[] = [];
    port.postMessage = (message) => {
      const { buffer, byteLength } = message as Uint8Array;
      unused.push(buffer.byteLength - byteLength);
      postMessage(message);
    };
    clients.attach('page', port);
    await callEngine(client, () => undefined).describe({});
    expect(unused).toEqual([0]);
    client.close();
  });

  it('without a port is served through the control channel, under its own name', async () => {
    clients.attach('a', undefined);
    clients.attach('b', undefined);
    engine.tell('memory', { residentBytes: 1, storedBytes: 2 });
    await vi.waitFor(() =>
      expect(sent.map((message) => 'client' in message && message.client)).toEqual(['a', 'b']),
    );
    clients.detach('a');
    engine.tell('memory', { residentBytes: 3, storedBytes: 4 });
    await vi.waitFor(() => expect(sent).toHaveLength(3));
    expect(sent[2]).toMatchObject({ kind: 'data', client: 'b' });
  });

  it('that nobody attached is not heard', () => {
    clients.receive('stranger', Uint8Array.from([1, 2, 3]));
    clients.detach('stranger');
    expect(sent).toEqual([]);
  });
});

describe('inside Electron', () => {
  afterEach(() => {
    Reflect.deleteProperty(process, 'parentPort');
  });

  it('the owner is reached through the utility process’s port, ports come along', () => {
    const parentPort = new EventEmitter();
    const deliver = (event: { data: unknown; ports: unknown[] }) => parentPort.emit('message', event);
    const postMessage = vi.fn();
    Object.assign(process, { parentPort: Object.assign(parentPort, { postMessage }) });
    const link = connectToHost();
    const heard: [HostMessage, readonly unknown[]][] = [];
    link.onMessage((message, ports) => heard.push([message, ports]));
    deliver({ data: { kind: 'attach', client: 'page' }, ports: ['port'] });
    link.send({ kind: 'ready' });
    expect(heard).toEqual([[{ kind: 'attach', client: 'page' }, ['port']]]);
    expect(postMessage).toHaveBeenCalledWith({ kind: 'ready' });
    expect(() => deliver({ data: { kind: 'format-disk' }, ports: [] })).toThrow();
  });
});
