import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Recovery } from '../../contract/connection';
import type { BoundDocument } from '../../contract/engine';
import { shellRoutes } from '../../contract/shellRoutes';
import { PageStandIn } from '../testing/pageConnection';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const running: ChildProcess[] = [];
const pages: PageStandIn[] = [];

afterEach(() => {
  for (const { connection } of pages.splice(0)) connection.close();
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** The application as `npm start -- --no-open` starts it, with its real engine. */
async function start(...files: string[]) {
  const child = spawn(process.execPath, ['scripts/sidelight.mjs', 'serve', '--no-open', ...files], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      const found = /http:\/\/\S+/.exec(text.toString('utf8'));
      if (found) resolve(found[0]);
    });
    void ended.then((code) => reject(new Error(`ended with ${code} before it printed an address`)));
  });
  const page = await PageStandIn.open(address);
  pages.push(page);
  return { child, ended, page };
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

const sample = async (page: PageStandIn) => {
  const opened = shellRoutes.openSample.result.parse(await page.ask('openSample', { sampleId: 'art' }));
  return {
    sourceId: 'photo',
    fileId: opened.guidance.fileId,
    role: 'guidance',
    unknownMarker: 'none',
    unit: 'none',
  } as const;
};

const recovered = (page: PageStandIn) =>
  new Promise<Recovery>((resolve) => {
    page.connection.onState((state, recovery) => {
      if (state === 'ready' && recovery) resolve(recovery);
    });
  });

describe('the browser shell with its engine', () => {
  it('opens a sample pair', async () => {
    const { page } = await start();
    const info = await page.connection.engine.openSource(await sample(page));
    expect(info).toMatchObject({ size: { width: 1376, height: 1088 }, channels: 3, format: 'jpeg' });
  });

  it('lets the engine read only what was opened', async () => {
    const { page } = await start();
    const source = { ...(await sample(page)), fileId: path.join(root, 'package.json') };
    await expect(page.connection.engine.openSource(source)).rejects.toMatchObject({
      code: 'file-not-permitted',
    });
  });

  it('starts a fresh engine after the old one was killed, and opens the sources again', async () => {
    const { page } = await start();
    const source = await sample(page);
    await page.connection.engine.openSource(source);
    const { processId } = await page.connection.engine.describe({});
    const recovery = recovered(page);
    process.kill(processId, 'SIGKILL');
    expect(await recovery).toMatchObject({ reason: 'crashed' });
    const document: BoundDocument = {
      target: null,
      guidance: source.sourceId,
      processing: { fit: 'refuse', unknown: 'keep', targetValues: 'continuous', steps: [] },
    };
    const reading = page.connection.engine.readPixel({ document, x: 0, y: 0 });
    await expect(reading).resolves.toMatchObject({ guidance: expect.any(Array) });
    expect((await page.connection.engine.describe({})).processId).not.toBe(processId);
  });

  it('tells a stop by the user from a crash', async () => {
    const { page } = await start();
    const { processId } = await page.connection.engine.describe({});
    const recovery = recovered(page);
    await page.ask('killEngine', {});
    expect(await recovery).toMatchObject({ reason: 'stopped' });
    expect(isAlive(processId)).toBe(false);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends on %s with everything it started', async (signal) => {
    const { child, ended, page } = await start();
    const { processId } = await page.connection.engine.describe({});
    page.connection.close();
    child.kill(signal);
    expect(await ended).toBe(0);
    expect(isAlive(processId)).toBe(false);
  });

  it('leaves no engine behind even when it is killed', async () => {
    const { child, ended, page } = await start();
    const { processId } = await page.connection.engine.describe({});
    child.kill('SIGKILL');
    await ended;
    await expect.poll(() => isAlive(processId), { timeout: 10_000 }).toBe(false);
  });
});
