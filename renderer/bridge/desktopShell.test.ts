import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DesktopBridge, enginePortMessage } from '../../electron/contract/desktopBridge';
import type { OpenedFile } from '../../electron/contract/shell';
import type { ShellReply } from '../../electron/contract/shellRoutes';
import { desktopShell } from './desktopShell';
import { depth, photo, place, sample } from './shellAnswers';

const origin = 'sidelight://app';
const ok = (value: unknown): ShellReply => ({ ok: true, value });
const refusal: ShellReply = {
  ok: false,
  error: { code: 'file-not-permitted', message: 'You may not.', remedy: 'Ask.', details: { path: '/x' } },
};

/** A preload that answers what a test gives it; asking for anything else fails. */
function preload(answers: Partial<DesktopBridge>): DesktopBridge {
  return new Proxy(answers as DesktopBridge, {
    get(target, name) {
      const answer = Reflect.get(target, name);
      if (answer === undefined) throw new Error(`Nobody should have asked for ${String(name)}.`);
      return answer;
    },
  });
}

let page: EventTarget & { location: { origin: string } };
const ports: MessagePort[] = [];
beforeEach(() => {
  page = Object.assign(new EventTarget(), { location: { origin } });
  vi.stubGlobal('window', page);
});
afterEach(() => {
  vi.unstubAllGlobals();
  for (const port of ports.splice(0)) port.close();
});

describe('the desktop shell', () => {
  const both = { guidance: photo, target: depth };
  it.each([
    ['initialFiles', [], {}, [photo], [photo]],
    ['chooseFiles', [], {}, [photo, depth], [photo, depth]],
    ['openPath', ['/data/photo.png'], { path: '/data/photo.png' }, photo, photo],
    ['samples', [], {}, [sample], [sample]],
    ['openSample', ['art'], { sampleId: 'art' }, both, both],
    ['chooseFile', [['onnx']], { extensions: ['onnx'] }, photo, photo],
    ['chooseFile', [['onnx']], { extensions: ['onnx'] }, null, null],
    ['chooseExportPlace', ['/a.png'], { suggestedPath: '/a.png' }, place, place],
    ['chooseExportPlace', ['/a.png'], { suggestedPath: '/a.png' }, null, null],
    ['nameExportPlace', ['/a.png'], { path: '/a.png' }, place, place],
    ['suggestExportPath', ['f1', 'png'], { fileId: 'f1', extension: 'png' }, '/b.png', '/b.png'],
    ['killEngine', [], {}, {}, undefined],
  ] as const)('asks the preload for %s', async (method, args, asked, answer, expected) => {
    const route = vi.fn(async () => ok(answer));
    const { shell } = desktopShell(preload({ [method]: route }));
    const call = shell[method] as (...given: readonly unknown[]) => Promise<unknown>;
    expect(await call(...args)).toEqual(expected);
    expect(route).toHaveBeenCalledExactlyOnceWith(asked);

    const refused = desktopShell(preload({ [method]: async () => refusal })).shell;
    const refusedCall = refused[method] as (...given: readonly unknown[]) => Promise<unknown>;
    await expect(refusedCall(...args)).rejects.toMatchObject({
      name: 'SidelightError',
      code: 'file-not-permitted',
      remedy: 'Ask.',
      details: { path: '/x' },
    });
  });

  it('says so when an answer has another shape than agreed', async () => {
    const { shell } = desktopShell(preload({ openPath: async () => ok({ fileId: 7 }) }));
    await expect(shell.openPath('/a')).rejects.toMatchObject({ code: 'request-invalid' });
  });

  it('hands dropped files over as they are', async () => {
    const openDropped = vi.fn(async () => ok([photo]));
    const { shell, hasSaveDialog } = desktopShell(preload({ openDropped }));
    const dropped = [new File(['bytes'], 'photo.png')];
    expect(await shell.openDropped(dropped)).toEqual([photo]);
    expect(openDropped).toHaveBeenCalledWith(dropped);
    expect(hasSaveDialog).toBe(true);
    await expect(
      desktopShell(preload({ openDropped: async () => refusal })).shell.openDropped(dropped),
    ).rejects.toMatchObject({ code: 'file-not-permitted' });
  });

  it('tells of files from outside, and of those that could not be opened', async () => {
    let tell: (reply: ShellReply) => void = () => undefined;
    const { shell } = desktopShell(
      preload({
        onFilesOpened: (listener) => {
          tell = listener;
        },
      }),
    );
    const heard: Promise<OpenedFile[]>[] = [];
    shell.onFilesOpened((files) => heard.push(files));
    tell(ok([photo, depth]));
    await expect(heard[0]).resolves.toEqual([photo, depth]);
    tell(refusal);
    await expect(heard[1]).rejects.toMatchObject({ code: 'file-not-permitted' });
    tell(ok('nonsense'));
    await expect(heard[2]).rejects.toMatchObject({ code: 'request-invalid' });
  });
});

describe('the engine’s port', () => {
  /** What reaches the page as a message event. */
  const deliver = (data: unknown, from = origin) => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    page.dispatchEvent(Object.assign(new Event('message'), { data, origin: from, ports: [port2] }));
    return port1;
  };

  const connected = async () => {
    let engine: MessagePort | null = null;
    const bridge = desktopShell(
      preload({
        connectEngine: async (nonce) => {
          engine = deliver({ type: enginePortMessage, nonce });
          return ok({});
        },
      }),
    );
    const channel = await bridge.openChannel();
    return { channel, engine: engine as unknown as MessagePort };
  };

  it('is the one that answers the page’s own question, from the page’s own origin', async () => {
    let ours: MessagePort | null = null;
    const bridge = desktopShell(
      preload({
        connectEngine: async (nonce) => {
          deliver({ type: enginePortMessage, nonce: 'another' });
          deliver({ type: enginePortMessage, nonce }, 'https://evil.example');
          deliver({ type: 'something else', nonce });
          deliver(null);
          ours = deliver({ type: enginePortMessage, nonce });
          return ok({});
        },
      }),
    );
    const channel = await bridge.openChannel();
    const heard = new Promise((resolve) => channel.onMessage(resolve));
    (ours as unknown as MessagePort).postMessage(Uint8Array.of(1, 2));
    expect(await heard).toEqual(Uint8Array.of(1, 2));
  });

  it('carries bytes both ways, keeps what comes before anyone listens, and drops all else', async () => {
    const { channel, engine } = await connected();
    engine.postMessage(Uint8Array.of(1));
    engine.postMessage('not bytes');
    engine.postMessage(Uint8Array.of(2));
    const messages: Uint8Array[] = [];
    channel.onMessage((message) => messages.push(message));
    await vi.waitFor(() => expect(messages).toEqual([Uint8Array.of(1), Uint8Array.of(2)]));
    const atEngine = new Promise((resolve) =>
      engine.addEventListener('message', ({ data }) => resolve(data), { once: true }),
    );
    engine.start();
    channel.send(Uint8Array.of(3));
    expect(await atEngine).toEqual(Uint8Array.of(3));
  });

  it.each(['crashed', 'stopped', 'lost'] as const)('says once why it closed: %s', async (reason) => {
    const { channel, engine } = await connected();
    const closed = vi.fn();
    channel.onMessage(() => undefined);
    channel.onClose(closed);
    engine.postMessage({ type: 'closed', reason });
    engine.postMessage({ type: 'closed', reason: 'lost' });
    await vi.waitFor(() => expect(closed).toHaveBeenCalledExactlyOnceWith(reason));
    const late = vi.fn();
    channel.onClose(late);
    expect(late).toHaveBeenCalledExactlyOnceWith(reason);
  });

  it('is lost when it closes without a word', async () => {
    const { channel, engine } = await connected();
    const closed = vi.fn();
    channel.onMessage(() => undefined);
    channel.onClose(closed);
    engine.close();
    await vi.waitFor(() => expect(closed).toHaveBeenCalledExactlyOnceWith('lost'));
  });

  it('closes at the engine too when the page closes it', async () => {
    const { channel, engine } = await connected();
    const closed = new Promise((resolve) => engine.addEventListener('close', resolve));
    engine.start();
    channel.close();
    await closed;
  });

  it('is not waited for when there is no engine, and its listener is gone afterwards', async () => {
    const removed = vi.spyOn(page, 'addEventListener');
    const bridge = desktopShell(preload({ connectEngine: async () => refusal }));
    await expect(bridge.openChannel()).rejects.toMatchObject({ code: 'file-not-permitted' });
    const [, , options] = removed.mock.calls[0]!;
    expect((options as AddEventListenerOptions).signal?.aborted).toBe(true);
  });
});
