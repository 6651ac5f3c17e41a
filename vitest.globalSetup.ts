import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const built = ['cli', 'engine', 'desktop'].map((name) => `dist/electron/${name}.mjs`);

const newest = (folder: string): number =>
  Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true }).map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return newest(path);
      return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? statSync(path).mtimeMs : 0;
    }),
  );

/** Tests that start the real engine or the real command line run what is in dist/electron: built here when stale. */
export default async function setup(): Promise<void> {
  const oldest = Math.min(...built.map((path) => (existsSync(path) ? statSync(path).mtimeMs : 0)));
  if (oldest > newest('electron')) return;
  await build({ configFile: 'vite.node.config.ts', logLevel: 'warn', build: { emptyOutDir: false } });
}
