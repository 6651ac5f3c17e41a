import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { enginePortMessage } from '../../contract/desktopBridge';
import { createBridge } from './bridge';

const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

function surroundings() {
  const ipc = Object.assign(new EventEmitter(), { invoke: vi.fn(async () => ({ ok: true, value: [] })) });
  const handedOver: { message: unknown; port: MessagePort }[] = [];
  const bridge = createBridge({
    ipc: ipc as never,
    pathOf: (file) => (file.name === 'made up.png' ? '' : `/home/someone/${file.name}`),
    handOver: (message, port) => handedOver.push({ message, port }),
  });
  /** An engine's port arrives, as from the main process; gives the engine's end and the page's. */
  const connect = () => {
    const { port1: engine, port2 } = new MessageChannel();
    ipc.emit('sidelight:engine-port', { ports: [port2] }, { nonce: 'abc' });
    const page = handedOver.at(-1)!.port;
    open.push(engine, port2, page);
    return { engine, page };
  };
  return { ipc, bridge, handedOver, connect };
}

const heard = (port: MessagePort, count: number): Promise<unknown[]> =>
  new Promise((resolve) => {
    const messages: unknown[] = [];
    port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      messages.push(data);
      if (messages.length === count) resolve(messages);
    });
    port.start();
  });

describe('the bridge', () => {
  it('asks by name and gives away nothing of the IPC', async () => {
    const { bridge, ipc } = surroundings();
    await bridge.openPath({ path: '/a' });
    expect(ipc.invoke).toHaveBeenCalledWith('sidelight:openPath', { path: '/a' });
    expect(Object.keys(bridge).filter((name) => /ipc|send|invoke|require/i.test(name))).toEqual([]);
  });

  it('names dropped files by where they lie, and leaves out those that lie nowhere', async () => {
    const { bridge, ipc } = surroundings();
    await bridge.openDropped([new File([], 'photo.png'), new File([], 'made up.png')]);
    expect(ipc.invoke).toHaveBeenCalledWith('sidelight:openPaths', { paths: ['/home/someone/photo.png'] });
  });

  it('tells of files opened from outside', () => {
    const { bridge, ipc } = surroundings();
    const listener = vi.fn();
    bridge.onFilesOpened(listener);
    ipc.emit('sidelight:files-opened', {}, { ok: true, value: [] });
    expect(listener).toHaveBeenCalledWith({ ok: true, value: [] });
  });
});

describe('the engine port', () => {
  it('is handed over under the nonce that asked for it, and carries bytes both ways in order', async () => {
    const { connect, handedOver } = surroundings();
    const { engine, page } = connect();
    expect(handedOver[0]?.message).toEqual({ type: enginePortMessage, nonce: 'abc' });
    const atPage = heard(page, 2);
    const atEngine = heard(engine, 2);
    engine.postMessage(Uint8Array.of(1, 2));
    engine.postMessage(Uint8Array.of(3));
    page.postMessage(Uint8Array.of(4));
    page.postMessage(Uint8Array.of());
    expect(await atPage).toEqual([Uint8Array.of(1, 2), Uint8Array.of(3)]);
    expect(await atEngine).toEqual([Uint8Array.of(4), Uint8Array.of()]);
  });

  it.each(['crashed', 'stopped'] as const)('says last that the engine %s', async (reason) => {
    const { connect, ipc } = surroundings();
    const { page } = connect();
    const atPage = heard(page, 1);
    ipc.emit('sidelight:engine-ended', {}, reason);
    expect(await atPage).toEqual([{ type: 'closed', reason }]);
  });

  it('waits for the reason when the port closes first', async () => {
    const { connect, ipc } = surroundings();
    const { engine, page } = connect();
    const atPage = heard(page, 1);
    engine.close();
    setTimeout(() => ipc.emit('sidelight:engine-ended', {}, 'crashed'), 50);
    expect(await atPage).toEqual([{ type: 'closed', reason: 'crashed' }]);
  });

  it('is lost when nobody says why', async () => {
    const { connect } = surroundings();
    const { engine, page } = connect();
    const atPage = heard(page, 1);
    engine.close();
    expect(await atPage).toEqual([{ type: 'closed', reason: 'lost' }]);
  });

  it('belongs to its own engine: the end of one is not the end of the next', async () => {
    const { connect, ipc } = surroundings();
    connect();
    ipc.emit('sidelight:engine-ended', {}, 'crashed');
    const { engine, page } = connect();
    const atPage = heard(page, 1);
    engine.postMessage(Uint8Array.of(7));
    expect(await atPage).toEqual([Uint8Array.of(7)]);
  });

  it('closes the engine’s end with the page’s', async () => {
    const { connect } = surroundings();
    const { engine, page } = connect();
    const closed = new Promise((resolve) => engine.addEventListener('close', resolve));
    engine.start();
    page.close();
    await closed;
  });
});
