import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

const folder = path.join(root, 'node_modules', 'electron');
const reachableWithinMilliseconds = 3_000;
const downloadedWithinMilliseconds = 5 * 60_000;

/** Electron's executable where it has been downloaded, else null. */
export function electronBinary() {
  const pathFile = path.join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, 'dist');
  const binary = path.join(dist, readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

/** What keeps Electron from showing a window here, or null. */
export function electronObstacle() {
  if (process.getuid?.() === 0) return 'it does not run as root';
  const hasDisplay = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (process.platform === 'linux' && !hasDisplay) return 'there is no display';
  return null;
}

/** The executable, fetched first where it is missing and can be had; or the reason why not. */
export async function obtainElectron() {
  const obstacle = electronObstacle();
  if (obstacle) return { reason: obstacle };
  const present = electronBinary();
  if (present) return { binary: present };
  if (!existsSync(path.join(folder, 'install.js'))) return { reason: 'it is not installed' };
  if (!(await isReachable())) return { reason: 'its download cannot be reached' };
  console.error('Fetching Electron, once (about 110 MB) …');
  await download();
  const fetched = electronBinary();
  return fetched ? { binary: fetched } : { reason: 'its download failed' };
}

/** Asked before a download is tried, so that a machine without network does not wait for it. */
async function isReachable() {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  const address = mirror ?? 'https://github.com/electron/electron/releases';
  try {
    const signal = AbortSignal.timeout(reachableWithinMilliseconds);
    const { status } = await fetch(address, { method: 'HEAD', signal });
    return status < 500;
  } catch {
    return false;
  }
}

function download() {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(folder, 'install.js')], {
      stdio: 'ignore',
      timeout: downloadedWithinMilliseconds,
    });
    child.once('exit', resolve);
    child.once('error', resolve);
  });
}
