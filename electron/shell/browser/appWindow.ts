import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import envPaths from 'env-paths';
import { findChromium } from './chromium';

/** A browser window without tabs or address bar that shows the shell. */
export interface AppWindow {
  /** Resolves when the user has closed it. */
  readonly closed: Promise<void>;
  close(): void;
}

/** Why there is no window, in words for the terminal. */
export type NoWindow = string;

/**
 * Opens the address as an application of its own, in a profile of its own; says why where it cannot.
 *
 * @param privateFolder where only this user may look: everybody on the machine sees what a program was started with,
 * so the browser is told a file there, and the file the address
 */
export function openAppWindow(url: string, privateFolder: string): AppWindow | NoWindow {
  const obstacle = windowObstacle(process.platform, process.env, process.getuid?.());
  if (obstacle !== null) return obstacle;
  const chromium = findChromium();
  if (chromium === null) return 'no Chromium, Chrome or Edge was found';
  const profile = path.join(envPaths('Sidelight', { suffix: '' }).data, 'browser-profile');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  const door = path.join(privateFolder, 'open.html');
  writeFileSync(door, `<!doctype html><meta http-equiv="refresh" content="0; url=${url}">`, { mode: 0o600 });
  return watch(
    spawn(
      chromium,
      [
        `--app=${pathToFileURL(door)}`,
        // With its own profile the process is ours: it ends when the window is closed, and we can end it.
        `--user-data-dir=${profile}`,
        '--no-first-run',
        '--no-default-browser-check',
        '--disable-sync',
        '--disable-background-networking',
        '--disable-component-update',
        '--window-size=1440,900',
      ],
      { stdio: 'ignore' },
    ),
  );
}

/** What keeps a window from being opened, or null. */
export function windowObstacle(
  platform: NodeJS.Platform,
  environment: Partial<Record<string, string>>,
  userId: number | undefined,
): NoWindow | null {
  if (userId === 0) return 'a browser opened by root would run without its sandbox';
  const needsDisplay = platform !== 'darwin' && platform !== 'win32';
  if (needsDisplay && !environment.DISPLAY && !environment.WAYLAND_DISPLAY) return 'there is no display';
  return null;
}

function watch(browser: ChildProcess): AppWindow {
  const closed = new Promise<void>((resolve) => {
    browser.once('exit', () => resolve());
    browser.once('error', () => resolve());
  });
  return { closed, close: () => void browser.kill() };
}
