import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type WebSocket as ServerSocket, WebSocket, WebSocketServer } from 'ws';
import { browserShell } from './browserShell';
import { depth, photo, place, sample } from './shellAnswers';

const page = (port = 1) => ({ href: `http://127.0.0.1:${port}/` }) as Location;
const answering = (body: unknown, status = 200) =>
  vi.fn(async (_address: string, _init: RequestInit) => Response.json(body, { status }));
const refusal = { code: 'file-not-found', message: 'There is no file.', remedy: 'Look elsewhere.' };

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the browser shell', () => {
  const both = { guidance: photo, target: depth };
  it.each([
    ['initialFiles', [], {}, [photo], [photo]],
    ['openPath', ['/data/photo.png'], { path: '/data/photo.png' }, photo, photo],
    ['samples', [], {}, [sample], [sample]],
    ['openSample', ['art'], { sampleId: 'art' }, both, both],
    ['nameExportPlace', ['/a.png'], { path: '/a.png' }, place, place],
    ['suggestExportPath', ['f1', 'png'], { fileId: 'f1', extension: 'png' }, '/b.png', '/b.png'],
    ['killEngine', [], {}, {}, undefined],
  ] as const)('posts %s to its server', async (method, args, asked, answer, expected) => {
    const fetched = answering(answer);
    vi.stubGlobal('fetch', fetched);
    const { shell } = browserShell(page());
    const call = shell[method] as (...given: readonly string[]) => Promise<unknown>;
    expect(await call(...args)).toEqual(expected);
    const [address, init] = fetched.mock.calls[0]!;
    expect(address).toBe(`api/${method}`);
    expect(init).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(String(init.body))).toEqual(asked);

    vi.stubGlobal('fetch', answering(refusal, 404));
    await expect(call(...args)).rejects.toMatchObject({ name: 'SidelightError', ...refusal });
  });

  it.each([
    ['a server that is gone', async () => Promise.reject(new TypeError('fetch failed'))],
    ['an error that is no error of ours', async () => new Response('<h1>502</h1>', { status: 502 })],
  ])('says that it is not reached: %s', async (_what, fetched) => {
    vi.stubGlobal('fetch', fetched);
    await expect(browserShell(page()).shell.samples()).rejects.toMatchObject({ code: 'engine-unreachable' });
  });

  it.each([
    ['another shape', Response.json({ fileId: 7 })],
    ['no JSON', new Response('hello')],
  ])('says so when an answer has %s', async (_what, response) => {
    vi.stubGlobal('fetch', async () => response);
    await expect(browserShell(page()).shell.openPath('/a')).rejects.toMatchObject({
      code: 'request-invalid',
    });
  });

  it('uploads dropped files under their names, whatever these are', async () => {
    const fetched = vi.fn(async (address: string, _init: RequestInit) =>
      Response.json(address.includes('depth') ? depth : photo),
    );
    vi.stubGlobal('fetch', fetched);
    const dropped = [new File(['bytes'], 'a photo & more.png'), new File(['more'], 'depth.png')];
    expect(await browserShell(page()).shell.openDropped(dropped)).toEqual([photo, depth]);
    expect(fetched.mock.calls.map(([address]) => address)).toEqual([
      'upload?name=a%20photo%20%26%20more.png',
      'upload?name=depth.png',
    ]);
    expect(fetched.mock.calls.map(([, { body }]) => body)).toEqual(dropped);
  });

  it('fails as a whole when one dropped file fails', async () => {
    vi.stubGlobal('fetch', answering(refusal, 400));
    await expect(browserShell(page()).shell.openDropped([new File([], 'a.png')])).rejects.toMatchObject(
      refusal,
    );
  });

  it('has no dialog for saving, and hears of no files from outside', async () => {
    const { shell, hasSaveDialog } = browserShell(page());
    expect(hasSaveDialog).toBe(false);
    expect(await shell.chooseExportPlace('/a.png')).toBeNull();
    const listener = vi.fn();
    shell.onFilesOpened(listener);
    expect(listener).not.toHaveBeenCalled();
  });

  it.each([
    ['change', [new File(['bytes'], 'photo.png')], [photo]],
    ['cancel', [], []],
  ])('takes what the browser’s file chooser gave: %s', async (outcome, files, expected) => {
    vi.stubGlobal('fetch', answering(photo));
    const input = Object.assign(new EventTarget(), {
      files,
      type: '',
      multiple: false,
      click: () => input.dispatchEvent(new Event(outcome)),
    });
    vi.stubGlobal('document', { createElement: () => input });
    expect(await browserShell(page()).shell.chooseFiles()).toEqual(expected);
    expect(input).toMatchObject({ type: 'file', multiple: true });
  });

  it.each([
    ['change', [new File(['bytes'], 'net.onnx')], photo],
    ['cancel', [], null],
  ])('takes one file of a kind: %s', async (outcome, files, expected) => {
    vi.stubGlobal('fetch', answering(photo));
    const input = Object.assign(new EventTarget(), {
      files,
      click: () => input.dispatchEvent(new Event(outcome)),
    });
    vi.stubGlobal('document', { createElement: () => input });
    expect(await browserShell(page()).shell.chooseFile(['onnx', 'ort'])).toEqual(expected);
    expect(input).toMatchObject({ type: 'file', accept: '.onnx,.ort' });
    expect(input).not.toHaveProperty('multiple');
  });
});

describe('the engine’s socket', () => {
  let server: WebSocketServer;
  let port: number;
  beforeEach(async () => {
    vi.stubGlobal('WebSocket', WebSocket);
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    port = (server.address() as { port: number }).port;
  });
  afterEach(async () => {
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  });

  const connected = async () => {
    const arrived = new Promise<ServerSocket>((resolve) => {
      server.once('connection', (socket, { url }) => {
        expect(url).toBe('/engine');
        resolve(socket);
      });
    });
    const channel = await browserShell(page(port)).openChannel();
    return { channel, engine: await arrived };
  };

  it('carries bytes both ways', async () => {
    const { channel, engine } = await connected();
    const atPage = new Promise((resolve) => channel.onMessage(resolve));
    engine.send(Uint8Array.of(1, 2));
    expect(await atPage).toEqual(Uint8Array.of(1, 2));
    const atEngine = new Promise<Buffer>((resolve) => engine.once('message', resolve));
    channel.send(Uint8Array.of(3));
    expect([...(await atEngine)]).toEqual([3]);
  });

  it.each([
    [4001, 'crashed'],
    [4002, 'stopped'],
    [1001, 'lost'],
    [1011, 'lost'],
  ] as const)('closes with code %i as %s', async (code, reason) => {
    const { channel, engine } = await connected();
    const closed = vi.fn();
    channel.onClose(closed);
    engine.close(code);
    await vi.waitFor(() => expect(closed).toHaveBeenCalledExactlyOnceWith(reason));
    const late = vi.fn();
    channel.onClose(late);
    expect(late).toHaveBeenCalledExactlyOnceWith(reason);
  });

  it('is lost when the line is cut', async () => {
    const { channel, engine } = await connected();
    const closed = vi.fn();
    channel.onClose(closed);
    engine.terminate();
    await vi.waitFor(() => expect(closed).toHaveBeenCalledExactlyOnceWith('lost'));
  });

  it('closes at the server when the page closes it', async () => {
    const { channel, engine } = await connected();
    const closed = new Promise((resolve) => engine.once('close', resolve));
    channel.close();
    await closed;
  });

  it('does not open where nobody listens', async () => {
    await new Promise((resolve) => server.close(resolve));
    await expect(browserShell(page(port)).openChannel()).rejects.toThrow();
  });
});
