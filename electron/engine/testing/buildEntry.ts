import { mkdtempSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const repository = resolve(fileURLToPath(import.meta.url), '../../../..');

export interface BuiltEntry {
  /** The module to start. */
  readonly path: string;
  remove(): void;
}

/**
 * Bundles an entry of a child process as `npm run build` does, from the sources as they are now, so that tests of real
 * processes never meet an older build. It lies inside the repository, where packages are found.
 */
export async function buildEntry(source: string): Promise<BuiltEntry> {
  const outDir = mkdtempSync(join(repository, 'node_modules', '.engine-test-'));
  await build({
    configFile: false,
    root: repository,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir,
      target: 'node20',
      minify: false,
      rolldownOptions: { input: source, output: { entryFileNames: '[name].mjs' } },
    },
  });
  const path = join(outDir, `${basename(source, '.ts')}.mjs`);
  return { path, remove: () => rmSync(outDir, { recursive: true, force: true }) };
}
