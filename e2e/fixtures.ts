import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, _electron as electron, expect, type Page, type TestInfo } from '@playwright/test';
import { installWithModels } from '../electron/cli/testing/installation';
import { childrenOf } from './processes';

export interface StudioOptions {
  /** Which shell the application runs in. */
  shell: 'browser' | 'electron';
  /** Files named on the command line, absolute or relative to the project. */
  files: string[];
  /** The networks of this checkout, or an installation that lost them (browser shell only). */
  models: 'installed' | 'missing';
}

interface Application {
  readonly page: Page;
  /** The process that the window or the server runs in; its engine is a child of it. */
  readonly processId: number;
}

interface StudioFixtures {
  application: Application;
  /** Ends the engine's process at once, as a fault in a driver would. */
  crashEngine: () => void;
  /** The running application's page; started for the test as a user starts it, and ended after it. */
  studio: Page;
  /** A folder of the test's own, for exports. */
  folder: string;
}

const root = path.resolve(import.meta.dirname, '..');

export const test = base.extend<StudioOptions & StudioFixtures>({
  shell: ['browser', { option: true }],
  files: [[], { option: true }],
  models: ['installed', { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  folder: async ({}, provide) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'sidelight-e2e-'));
    await provide(folder);
    await rm(folder, { recursive: true, force: true });
  },
  studio: async ({ application }, provide) => provide(application.page),
  crashEngine: async ({ application: { processId } }, provide) => {
    await provide(() => {
      // The engine is the first; a second one is the short-lived process that tries a device.
      const engine = childrenOf(processId).find(({ command }) => command.includes('engine.mjs'));
      expect(engine, 'an engine runs').toBeDefined();
      process.kill(engine!.id, 'SIGKILL');
    });
  },
  application: async (
    { shell, files, models, playwright, launchOptions, viewport, deviceScaleFactor, colorScheme },
    provide,
    testInfo,
  ) => {
    if (shell === 'electron') return runElectron(files, provide, testInfo);
    const server = await (models === 'missing' ? startWithoutModels(files) : startShell(files));
    const browser = await playwright.chromium.launch(launchOptions);
    try {
      const context = await browser.newContext({
        viewport,
        colorScheme,
        ...(deviceScaleFactor ? { deviceScaleFactor } : {}),
      });
      const page = await context.newPage();
      await page.goto(server.url);
      await page.waitForURL(({ search }) => search === '');
      await provide({ page, processId: server.processId });
    } finally {
      await browser.close();
      await server.stop();
    }
  },
});

export { expect };

interface Server {
  readonly url: string;
  readonly processId: number;
  /** Ends it as Ctrl-C does, and fails when it does not end by itself. */
  stop(): Promise<void>;
}

const startShell = (files: readonly string[]) => serve(['scripts/start.mjs', '--no-open', ...files]);

/** Runs a copy of what was built, beside which there is no folder of models. */
async function startWithoutModels(files: readonly string[]): Promise<Server> {
  const { folder, cli } = await installWithModels(null);
  for (const part of ['dist/renderer', 'assets'])
    await symlink(path.join(root, part), path.join(folder, part), 'junction');
  const server = await serve([cli, 'serve', '--no-open', ...files]);
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  };
  return { ...server, stop };
}

async function serve(words: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: { ...process.env, INIT_CWD: root },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    url: await printedAddress(child),
    processId: child.pid!,
    async stop() {
      child.kill('SIGINT');
      const giveUp = setTimeout(() => child.kill('SIGKILL'), 10_000);
      const code = await ended;
      clearTimeout(giveUp);
      expect(code, 'the shell ends in order').toBe(0);
    },
  };
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (text: Buffer) => {
      printed += text.toString('utf8');
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]{64}\b/.exec(printed);
      if (address) resolve(address[0]);
    });
    child.once('exit', (code) =>
      reject(new Error(`The shell ended with ${code} before it printed an address.`)),
    );
  });
}

async function runElectron(
  files: readonly string[],
  provide: (application: Application) => Promise<void>,
  testInfo: TestInfo,
): Promise<void> {
  const executablePath = process.env.SIDELIGHT_E2E_ELECTRON;
  testInfo.skip(
    !executablePath,
    `Electron: ${process.env.SIDELIGHT_E2E_ELECTRON_OBSTACLE || 'not asked for'}`,
  );
  const application = await electron.launch({
    executablePath: executablePath!,
    args: [root, ...files],
    cwd: root,
  });
  try {
    await provide({ page: await application.firstWindow(), processId: application.process().pid! });
  } finally {
    await application.close();
  }
}
