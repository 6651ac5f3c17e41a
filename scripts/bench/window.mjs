import { spawn } from 'node:child_process';
import path from 'node:path';
import { chromium } from '@playwright/test';

/** The window that is measured in, CSS pixels. */
const viewport = { width: 1280, height: 800 };

/**
 * A path to a browser; undefined for Playwright's own, null when there is none.
 * @param {(file: string) => boolean} exists
 */
export function browserPath(exists) {
  if (exists(chromium.executablePath())) return undefined;
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return candidates.find(exists) ?? null;
}

/**
 * The browser shell of a checkout that was built, with a photo open in it for an operator.
 * @param {string | undefined} executablePath
 * @param {() => void} prepare runs in the page before anything of it
 */
export async function openWindow(root, file, executablePath, prepare) {
  const server = spawn(process.execPath, ['scripts/start.mjs', '--no-open'], {
    cwd: root,
    env: { ...process.env, INIT_CWD: root },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  });
  const close = async () => {
    await browser.close();
    if (server.exitCode !== null) return;
    server.kill('SIGINT');
    await new Promise((ended) => server.once('exit', ended));
  };
  try {
    const page = await browser.newPage({ viewport, colorScheme: 'dark' });
    await page.addInitScript(prepare);
    await page.goto(await printedAddress(server));
    await page.waitForURL(({ search }) => search === '');
    await page.getByRole('button', { name: 'Photo operator', exact: true }).click();
    await page.getByRole('contentinfo').getByText('Ready').waitFor({ timeout: 60_000 });
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser', { timeout: 15_000 }),
      page.keyboard.press('Control+o'),
    ]);
    await chooser.setFiles(file);
    await page.getByRole('slider', { name: 'Strength' }).waitFor({ timeout: 60_000 });
    return { page, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

function printedAddress(server) {
  return new Promise((resolve, reject) => {
    let printed = '';
    server.stdout.on('data', (text) => {
      printed += text;
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]{64}\b/.exec(printed);
      if (address) resolve(address[0]);
    });
    server.once('exit', (code) => reject(new Error(`The shell ended with ${code}.`)));
  });
}
