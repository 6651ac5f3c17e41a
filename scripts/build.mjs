import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

const sources = ['electron', 'renderer', 'vite.config.ts', 'vite.node.config.ts', 'vite.preload.config.ts'];
const built = [
  'dist/renderer/index.html',
  'dist/electron/cli.mjs',
  'dist/electron/engine.mjs',
  'dist/electron/desktop.mjs',
  'dist/preload/preload.cjs',
];

/** Whether a source file is newer than what was built from it, or something was never built. */
export function isStale() {
  const files = built.map((file) => path.join(root, file));
  if (!files.every((file) => existsSync(file))) return true;
  const oldest = Math.min(...files.map((file) => statSync(file).mtimeMs));
  return sources.some((source) => newest(path.join(root, source)) > oldest);
}

/** Whether the tools that build are installed: without development dependencies they are not. */
export function canBuild() {
  return existsSync(path.join(root, 'node_modules', 'vite', 'package.json'));
}

/** Builds everything; ends this process when that fails. */
export function build() {
  const { status } = spawnSync('npm run --silent build', {
    cwd: root,
    // npm is a script on Windows.
    shell: true,
    stdio: ['ignore', 2, 2],
    // Test runs say NODE_ENV=test, and whoever starts the application afterwards would get React as it is for debugging.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) {
    console.error('Sidelight could not be built: see above.');
    process.exit(status ?? 1);
  }
}

function newest(file) {
  if (!existsSync(file)) return 0;
  const found = statSync(file);
  if (!found.isDirectory()) return /\.test\.tsx?$/.test(file) ? 0 : found.mtimeMs;
  return Math.max(0, ...readdirSync(file).map((name) => newest(path.join(file, name))));
}
