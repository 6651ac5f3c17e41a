import { describe, expect, it } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { shell, start, supervisor, wire, withBrowserShell } from '../testing/browserShell';

withBrowserShell();

const own = (): ClientOptions => ({
  origin: wire.origin,
  headers: { Cookie: wire.cookie },
});
const connect = (options: ClientOptions = own(), address = 'engine') =>
  new WebSocket(`ws://127.0.0.1:${shell.port}/${address}`, options);

/** The HTTP status an upgrade was refused with, or 101. */
const outcome = (webSocket: WebSocket): Promise<number> =>
  new Promise((resolve, reject) => {
    webSocket.once('open', () => {
      resolve(101);
      webSocket.terminate();
    });
    webSocket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    webSocket.once('error', reject);
  });
const opened = (webSocket: WebSocket): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    webSocket.once('open', () => resolve(webSocket));
    webSocket.once('error', reject);
  });
const closeCode = (webSocket: WebSocket): Promise<number> =>
  new Promise((resolve) => webSocket.once('close', resolve));
const nextMessage = (webSocket: WebSocket): Promise<Buffer> =>
  new Promise((resolve) => webSocket.once('message', (data: Buffer) => resolve(data)));

describe('who may connect', () => {
  it('is the page itself', async () => {
    expect(await outcome(connect())).toBe(101);
  });

  it.each([
    ['another site', () => ({ ...own(), origin: 'https://evil.example' }), 403],
    ['another local port', () => ({ ...own(), origin: 'http://127.0.0.1:1' }), 403],
    ['a program without an Origin', () => ({ headers: own().headers! }), 403],
    ['a rebound name', () => ({ ...own(), headers: { ...own().headers, Host: 'evil.example' } }), 403],
    ['a page without the cookie', () => ({ origin: own().origin! }), 401],
    ['a wrong cookie', () => ({ ...own(), headers: { Cookie: `sidelight-${shell.port}=no` } }), 401],
  ])('is not %s', async (_who, options, status) => {
    expect(await outcome(connect(options()))).toBe(status);
    expect(supervisor.channels).toEqual([]);
  });

  it('connects at one address only', async () => {
    expect(await outcome(connect(own(), 'elsewhere'))).toBe(404);
  });
});

describe('the relay', () => {
  it('carries bytes both ways as they are, in order', async () => {
    const webSocket = await opened(connect());
    const answers: number[][] = [];
    const all = new Promise<void>((resolve) => {
      webSocket.on('message', (data: Buffer) => {
        answers.push([...data]);
        if (answers.length === 3) resolve();
      });
    });
    for (const message of [[1, 2, 3], [], [255, 0]]) webSocket.send(Uint8Array.from(message));
    await all;
    expect(answers).toEqual([[3, 2, 1], [], [0, 255]]);
  });

  it('carries messages of many megabytes, faster than they are read', async () => {
    const webSocket = await opened(connect());
    const size = 12 * 1024 ** 2;
    const lengths: number[] = [];
    const all = new Promise<void>((resolve) => {
      webSocket.on('message', (data: Buffer) => {
        lengths.push(data.length);
        if (lengths.length === 8) resolve();
      });
    });
    webSocket.pause();
    for (let count = 0; count < 8; count += 1) webSocket.send(new Uint8Array(size));
    setTimeout(() => webSocket.resume(), 300);
    await all;
    expect(lengths).toEqual(Array(8).fill(size));
  });

  it('refuses a message that is too large, and text', async () => {
    const large = await opened(connect());
    const largeClosed = closeCode(large);
    large.send(new Uint8Array(17 * 1024 ** 2));
    expect(await largeClosed).toBe(1009);
    const text = await opened(connect());
    const textClosed = closeCode(text);
    text.send('hello');
    expect(await textClosed).toBe(1003);
  });

  it.each([
    ['crashed', 4001],
    ['stopped', 4002],
  ] as const)('tells that the engine %s by the code %i', async (cause, code) => {
    const webSocket = await opened(connect());
    const answered = nextMessage(webSocket);
    webSocket.send(Uint8Array.of(1));
    await answered;
    const closed = closeCode(webSocket);
    supervisor.end(cause);
    expect(await closed).toBe(code);
  });

  it('tells an engine that cannot be started from one that died', async () => {
    supervisor.openChannel = () => Promise.reject(new Error('no engine'));
    expect(await closeCode(connect())).toBe(1011);
  });

  it('lets the engine forget a page that went away', async () => {
    const webSocket = await opened(connect());
    await expect.poll(() => supervisor.channels.length).toBe(1);
    webSocket.terminate();
    await expect.poll(() => supervisor.channels.length).toBe(0);
  });

  it('ends with the shell', async () => {
    const closed = closeCode(await opened(connect()));
    await shell.close();
    expect(await closed).toBe(1006);
    await start();
  });
});
