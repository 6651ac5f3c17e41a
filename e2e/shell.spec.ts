import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './fixtures';

test.describe('the page', () => {
  test('loads under its own policy without a complaint', async ({ studio }) => {
    const complaints: string[] = [];
    studio.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    studio.on('pageerror', (error) => complaints.push(error.message));
    await studio.reload({ waitUntil: 'networkidle' });
    await expect(studio).toHaveTitle(/Sidelight/);
    expect(complaints).toEqual([]);
  });

  test('runs no script and reaches no address that is not its own', async ({ studio }) => {
    const outcome = await studio.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => 'reached',
        () => 'refused',
      );
      return { injected: 'injected' in window, fetched };
    });
    expect(outcome).toEqual({ injected: false, fetched: 'refused' });
  });
});

test.describe('the browser shell', () => {
  test.beforeEach(({ shell }) => {
    test.skip(shell === 'electron', 'Electron has no address and no cookie.');
  });

  test('keeps its token out of the address bar and away from scripts', async ({ studio }) => {
    expect(new URL(studio.url()).search).toBe('');
    expect(await studio.evaluate(() => document.cookie)).toBe('');
    const cookies = await studio.context().cookies();
    expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }]);
  });

  test('gives nothing to a page of another port, even in the same browser', async ({ studio }) => {
    const foreign = createServer((_request, response) =>
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Foreign</title>'),
    );
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
    try {
      const { origin } = new URL(studio.url());
      const other = await studio.context().newPage();
      await other.goto(`http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`);
      const outcome = await other.evaluate(async (address) => {
        const socket = new WebSocket(`${address.replace('http', 'ws')}/engine`);
        const engine = await new Promise((resolve) => {
          socket.onopen = () => resolve('opened');
          socket.onerror = () => resolve('refused');
        });
        const options: RequestInit = { method: 'POST', credentials: 'include', mode: 'no-cors', body: '{}' };
        const posted = await fetch(`${address}/api/killEngine`, options).then(
          ({ type }) => type,
          () => 'refused',
        );
        const picture = new Image();
        const shown = await new Promise((resolve) => {
          picture.onload = () => resolve('shown');
          picture.onerror = () => resolve('refused');
          picture.src = `${address}/samples/art-thumbnail.jpg`;
        });
        return { engine, posted, shown };
      }, origin);
      // CORP keeps even the opaque answer of a blind post from that page.
      expect(outcome).toEqual({ engine: 'refused', posted: 'refused', shown: 'refused' });
    } finally {
      foreign.close();
    }
  });

  test('one line says why it is the browser, where Electron cannot be used', async () => {
    test.skip(process.platform !== 'linux', 'Other systems always have a display.');
    const { DISPLAY, WAYLAND_DISPLAY, ...environment } = process.env;
    const child = spawn(process.execPath, ['scripts/start.mjs'], { env: environment });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString('utf8');
    });
    const printed = await new Promise<string>((resolve) => {
      let all = '';
      child.stdout.on('data', (text: Buffer) => {
        all += text.toString('utf8');
        if (all.includes('token=')) resolve(all);
      });
    });
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(said.trim()).toMatch(
      /^Electron cannot be used here \(.+\); Sidelight runs in the browser instead\.$/,
    );
    expect(printed).toMatch(
      /^(No window was opened: .+\n)?http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]{64}\n$/,
    );
  });
});
