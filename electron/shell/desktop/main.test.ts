import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { codecs } from '../../codecs/list';
import { dialogRoutes, shellReplySchema, shellRoutes } from '../../contract/shellRoutes';
import { createElectron } from '../testing/standInElectron';
import { createTemporaryInstallation, type TemporaryInstallation } from '../testing/temporaryInstallation';

let temporary: TemporaryInstallation;
let folder: string;
let platform: ReturnType<typeof createElectron>;
const commandLine = [...process.argv];

beforeEach(async () => {
  temporary = await createTemporaryInstallation();
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-test-'));
  platform = createElectron();
  process.argv = ['electron'];
});
afterEach(async () => {
  process.argv = commandLine;
  vi.doUnmock('electron');
  vi.doUnmock('../installation');
  vi.resetModules();
  await Promise.all([temporary.remove(), rm(folder, { recursive: true })]);
});

/** Runs main.ts afresh, against the stand-in. */
async function run(installation = temporary.installation): Promise<void> {
  vi.resetModules();
  vi.doMock('electron', () => platform.electron);
  vi.doMock('../installation', () => ({ findInstallation: () => installation }));
  await import('./main');
}

async function start(): Promise<void> {
  await run();
  await vi.waitFor(() => expect(platform.windows[0]?.address).toBe('sidelight://app/'));
}

const own = { url: 'sidelight://app/index.html', parent: null };

async function ask(route: string, args: unknown, senderFrame: unknown = own) {
  const handler = platform.handlers.get(`sidelight:${route}`);
  const event = { senderFrame, sender: platform.windows[0]?.webContents };
  return shellReplySchema.parse(await handler?.(event, args));
}

describe('the window', () => {
  it('has a page without any power', async () => {
    await start();
    const [window] = platform.windows;
    expect(window?.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
    });
    expect(platform.electron.app.sandboxed).toBe(true);
    expect(window?.address).toBe('sidelight://app/');
  });

  it('remembers where it was, and is shown when there is something to see', async () => {
    await start();
    const [window] = platform.windows;
    expect(window?.options).toMatchObject({ name: 'main', windowStatePersistence: true, show: false });
    expect(window?.shown).toEqual([]);
    window?.emit('ready-to-show');
    expect(window?.shown).toEqual(['show']);
  });

  it('goes nowhere and opens nothing', async () => {
    await start();
    const contents = platform.windows[0]!.webContents;
    const stopped = (name: string, url: string) => {
      const preventDefault = vi.fn();
      contents.emit(name, { url, preventDefault });
      return preventDefault.mock.calls.length > 0;
    };
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      for (const url of [
        'https://evil.example/',
        'file:///etc/passwd',
        'sidelight://other/',
        'javascript:1',
        '',
      ]) {
        expect(stopped(name, url), `${name} ${url}`).toBe(true);
      }
      expect(stopped(name, 'sidelight://app/index.html')).toBe(false);
    }
    expect(stopped('will-attach-webview', '')).toBe(true);
    expect(contents.windowOpenHandler?.({ url: 'sidelight://app/' })).toEqual({ action: 'deny' });
  });

  it('gets no permission and no network', async () => {
    await start();
    const { request, check, device, network } = platform.permissions;
    const decide = vi.fn();
    for (const permission of ['media', 'geolocation', 'openExternal']) request?.({}, permission, decide);
    expect(decide.mock.calls).toEqual([[false], [false], [false]]);
    expect([check?.(), device?.()]).toEqual([false, false]);
    const preventDefault = vi.fn();
    platform.permissions.download?.({ preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    const cancelled = (url: string) => {
      const answer = vi.fn();
      network?.({ url }, answer);
      return answer.mock.calls[0]?.[0].cancel;
    };
    expect(cancelled('https://evil.example/')).toBe(true);
    expect(cancelled('http://127.0.0.1/')).toBe(true);
    expect(cancelled('file:///etc/passwd')).toBe(true);
    expect(cancelled('sidelight://app/')).toBe(false);
    expect(cancelled('blob:sidelight://app/1')).toBe(false);
  });

  it.each([
    ['start over', 0, ['reload'], 0],
    ['quit', 1, [], 1],
  ])('whose process died lets the user %s', async (_choice, response, shown, quits) => {
    await start();
    const [window] = platform.windows;
    platform.electron.dialog.showMessageBox.mockResolvedValueOnce({ response });
    window?.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(platform.electron.dialog.showMessageBox).not.toHaveBeenCalled();
    window?.webContents.emit('render-process-gone', {}, { reason: 'oom' });
    await vi.waitFor(() => expect(window?.shown).toEqual(shown));
    await vi.waitFor(() => expect(platform.electron.app.quit).toHaveBeenCalledTimes(quits));
  });

  it('is served by a scheme of its own, declared before the application is ready', async () => {
    await start();
    expect(platform.schemes).toMatchObject([
      { scheme: 'sidelight', beforeReady: true, privileges: { standard: true, secure: true } },
    ]);
    expect(platform.schemes[0]?.privileges.bypassCSP).toBeUndefined();
    const page = await platform.pages.get('sidelight')?.(new Request('sidelight://app/'));
    expect(await page?.text()).toContain('<title>Sidelight</title>');
    expect(page?.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page?.headers.get('content-type')).toMatch('text/html');
  });

  it.each([
    'sidelight://app/../private.txt',
    'sidelight://app/%2e%2e/private.txt',
    'sidelight://app/notes.secret',
  ])('has nothing at %s', async (address) => {
    await start();
    const answer = await platform.pages.get('sidelight')?.(new Request(address));
    expect(answer?.status).toBe(404);
  });

  it('has nothing on another host of its scheme', async () => {
    await start();
    const answer = await platform.pages.get('sidelight')?.(new Request('sidelight://other/index.html'));
    expect(answer?.status).toBe(403);
  });
});

describe('requests of the page', () => {
  it('cover every route of both tables', async () => {
    await start();
    const wanted = [...Object.keys(shellRoutes), ...Object.keys(dialogRoutes), 'openPaths', 'connectEngine'];
    expect([...platform.handlers.keys()].sort()).toEqual(wanted.map((route) => `sidelight:${route}`).sort());
  });

  it.each([
    ['a foreign page', { url: 'https://evil.example/', parent: null }],
    ['a local file', { url: 'file:///home/someone/page.html', parent: null }],
    ['another host of the scheme', { url: 'sidelight://other/', parent: null }],
    ['a frame inside our page', { url: 'sidelight://app/', parent: own }],
    ['a frame that is gone', null],
  ])('are refused from %s', async (_who, frame) => {
    await start();
    for (const channel of platform.handlers.keys()) {
      const answer = await ask(channel.replace('sidelight:', ''), { path: '/etc/passwd' }, frame);
      expect(answer).toMatchObject({ ok: false, error: { code: 'file-not-permitted' } });
    }
    expect(platform.processes).toEqual([]);
  });

  it('are checked before they are believed', async () => {
    await start();
    for (const args of [undefined, {}, { path: 7 }, { path: '' }]) {
      expect(await ask('openPath', args)).toMatchObject({ ok: false, error: { code: 'request-invalid' } });
    }
  });

  it('open what a dialog gave, and nothing when it was cancelled', async () => {
    await start();
    expect(await ask('chooseFiles', {})).toEqual({ ok: true, value: [] });
    expect(await ask('chooseExportPlace', { suggestedPath: '/tmp/x.png' })).toEqual({
      ok: true,
      value: null,
    });
    const file = path.join(folder, 'photo.png');
    await writeFile(file, 'bytes');
    platform.electron.dialog.showOpenDialog.mockResolvedValueOnce({ canceled: false, filePaths: [file] });
    expect(await ask('chooseFiles', {})).toMatchObject({ ok: true, value: [{ path: file, bytes: 5 }] });
    expect(await ask('chooseFile', { extensions: ['onnx'] })).toEqual({ ok: true, value: null });
    platform.electron.dialog.showOpenDialog.mockResolvedValueOnce({ canceled: false, filePaths: [file] });
    expect(await ask('chooseFile', { extensions: ['onnx'] })).toMatchObject({
      ok: true,
      value: { path: file },
    });
    expect(platform.electron.dialog.showOpenDialog).toHaveBeenLastCalledWith(
      expect.anything(),
      expect.objectContaining({
        properties: ['openFile'],
        filters: [
          { name: 'ONNX', extensions: ['onnx'] },
          { name: 'All files', extensions: ['*'] },
        ],
      }),
    );
    const pictures = codecs.flatMap(({ extensions }) => extensions);
    expect(await ask('chooseFile', { extensions: pictures })).toEqual({ ok: true, value: null });
    expect(await ask('chooseFile', { extensions: ['../x'] })).toMatchObject({
      ok: false,
      error: { code: 'request-invalid' },
    });
    platform.electron.dialog.showSaveDialog.mockResolvedValueOnce({ canceled: false, filePath: file });
    const place = await ask('chooseExportPlace', { suggestedPath: file });
    expect(place).toMatchObject({ ok: true, value: { path: file, exists: true } });
  });

  it('open the files named at the start, and tell of those named later', async () => {
    const [first, second] = ['first.png', 'second.png'].map((name) => path.join(folder, name));
    await writeFile(first!, '1');
    await writeFile(second!, '2');
    process.argv = ['electron', '--some-switch', first!];
    await start();
    expect(await ask('initialFiles', {})).toMatchObject({ ok: true, value: [{ path: first }] });
    platform.electron.app.emit('second-instance', {}, ['electron', 'second.png'], folder);
    const [window] = platform.windows;
    await vi.waitFor(() =>
      expect(window?.webContents.sent).toMatchObject([
        { channel: 'sidelight:files-opened', message: { ok: true, value: [{ path: second }] } },
      ]),
    );
    expect(window?.shown).toEqual(['restore', 'focus']);
  });

  it('open files named before the page asked, and not again when it is there to be told', async () => {
    const [early, late] = ['early.png', 'late.png'].map((name) => path.join(folder, name));
    await writeFile(early!, '1');
    await writeFile(late!, '2');
    await start();
    const openFile = (file: string) => {
      const preventDefault = vi.fn();
      platform.electron.app.emit('open-file', { preventDefault }, file);
      expect(preventDefault).toHaveBeenCalled();
    };
    openFile(early!);
    expect(await ask('initialFiles', {})).toMatchObject({ ok: true, value: [{ path: early }] });
    openFile(late!);
    const { sent } = platform.windows[0]!.webContents;
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(sent).toMatchObject([{ message: { ok: true, value: [{ path: late }] } }]);
  });

  it('come to nothing once the window is gone', async () => {
    await start();
    const window = platform.windows[0]!;
    window.destroyed = true;
    expect(platform.electron.app.emit('second-instance', {}, ['electron', 'a.png'], folder)).toBe(true);
    expect(window.shown).toEqual([]);
  });

  it('leave to the first instance what a second one was given', async () => {
    platform.electron.app.hasLock = false;
    await run();
    expect(platform.electron.app.quit).toHaveBeenCalled();
    expect(platform.windows).toEqual([]);
  });
});

describe('the engine', () => {
  const connect = () => ask('connectEngine', { nonce: 'a-nonce-of-some-length' });

  it('is one utility process; page and engine each get an end of a channel', async () => {
    await start();
    expect(await connect()).toEqual({ ok: true, value: {} });
    const [child] = platform.processes;
    expect(child?.entry).toBe(temporary.installation.engineEntry);
    expect(child?.received.map(({ kind }) => kind)).toEqual(['configure', 'attach']);
    expect(child?.ports).toEqual([{ name: 'engine end' }]);
    expect(platform.windows[0]?.webContents.posted).toEqual([
      {
        channel: 'sidelight:engine-port',
        message: { nonce: 'a-nonce-of-some-length' },
        ports: [{ name: 'page end' }],
      },
    ]);
  });

  it('is started again after a crash, with the files it was granted, and the page is told', async () => {
    await start();
    const file = path.join(folder, 'photo.png');
    await writeFile(file, 'bytes');
    await connect();
    await ask('openPath', { path: file });
    platform.processes[0]?.emit('exit', 139);
    await vi.waitFor(() =>
      expect(platform.windows[0]?.webContents.sent).toEqual([
        { channel: 'sidelight:engine-ended', message: 'crashed' },
      ]),
    );
    await connect();
    expect(platform.processes).toHaveLength(2);
    const granted = platform.processes[1]?.received.filter(({ kind }) => kind === 'grantRead');
    expect(granted).toMatchObject([{ path: file }]);
  });

  it('takes only itself along when it runs out of memory', async () => {
    await start();
    await connect();
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(platform.processes[0]?.emit('error', 'FatalError', 'v8::Heap', '{}')).toBe(true);
    expect(said).toHaveBeenCalledWith(expect.stringContaining('v8::Heap'));
    said.mockRestore();
  });

  it('ends at once when the user stops it, and that is not called a crash', async () => {
    await start();
    await connect();
    const [child] = platform.processes;
    const signal = vi.spyOn(process, 'kill').mockImplementation((pid) => {
      if (pid === child?.pid) child.emit('exit', 9);
      return true;
    });
    expect(await ask('killEngine', {})).toEqual({ ok: true, value: {} });
    expect(signal).toHaveBeenCalledWith(child?.pid, 'SIGKILL');
    signal.mockRestore();
    expect(platform.windows[0]?.webContents.sent).toEqual([
      { channel: 'sidelight:engine-ended', message: 'stopped' },
    ]);
  });

  it('ends before the application does', async () => {
    await start();
    await connect();
    const preventDefault = vi.fn();
    platform.electron.app.emit('before-quit', { preventDefault });
    expect(preventDefault).toHaveBeenCalled();
    await vi.waitFor(() => expect(platform.electron.app.quit).toHaveBeenCalledTimes(1));
    expect(platform.processes[0]?.received.at(-1)).toEqual({ kind: 'shutdown' });
  });
});

it('says why it could not start', async () => {
  await run({ ...temporary.installation, rendererFolder: path.join(folder, 'missing') });
  await vi.waitFor(() => expect(platform.electron.app.exit).toHaveBeenCalledWith(1));
  expect(platform.electron.dialog.showErrorBox.mock.calls[0]?.[1]).toContain('npm run build');
});
