import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findChromium } from '../electron/shell/browser/chromium';

/** Carries the answer to Playwright's workers, which read the configuration again. */
const variable = 'SIDELIGHT_E2E_BROWSER';

const aptGet = '/usr/bin/apt-get';

/**
 * The browser the specs run in: null for Playwright's own where it was installed, else one of this machine. On Debian
 * as root a missing one is installed.
 *
 * @throws Error that says what to install
 */
export function browserForTests(): string | null {
  const decided = process.env[variable];
  if (decided !== undefined) return decided || null;
  const found = existsSync(chromium.executablePath()) ? null : (findChromium() ?? installChromium());
  process.env[variable] = found ?? '';
  return found;
}

function installChromium(): string {
  if (existsSync(aptGet) && process.getuid?.() === 0) {
    console.log('No browser for the end-to-end tests: installing Debian’s chromium …');
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = { stdio: 'inherit', env: environment } as const;
    execFileSync(aptGet, ['update', '-q'], options);
    execFileSync(aptGet, ['install', '-q', '-y', '--no-install-recommends', 'chromium'], options);
    const installed = findChromium();
    if (installed !== null) return installed;
  }
  throw new Error(
    'No browser for the end-to-end tests. Install Chromium or Chrome (Debian, Ubuntu: sudo apt install chromium), ' +
      'or run: npx playwright install chromium',
  );
}
