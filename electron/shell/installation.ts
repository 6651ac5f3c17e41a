import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Where the parts of this installation lie on disk. */
export interface Installation {
  readonly version: string;
  /** The built interface: index.html and its assets. */
  readonly rendererFolder: string;
  readonly samplesFolder: string;
  readonly modelsFolder: string;
  /** The script the engine's process runs. */
  readonly engineEntry: string;
}

const manifestSchema = z.object({ name: z.string(), version: z.string() });

/**
 * Finds the installation this code runs from, be it a source file or a bundle of any depth.
 *
 * @param resourcesFolder where a packaged application keeps what native code must open (models, samples);
 * in a checkout that is the root itself
 */
export function findInstallation(resourcesFolder?: string): Installation {
  const { root, version } = findRoot(path.dirname(fileURLToPath(import.meta.url)));
  const resources = resourcesFolder ?? root;
  return {
    version,
    rendererFolder: path.join(root, 'dist', 'renderer'),
    samplesFolder: path.join(resources, 'assets', 'samples'),
    modelsFolder: path.join(resources, 'models'),
    engineEntry: path.join(root, 'dist', 'electron', 'engine.mjs'),
  };
}

function findRoot(from: string): { root: string; version: string } {
  const manifest = readManifest(path.join(from, 'package.json'));
  if (manifest?.name === 'sidelight') return { root: from, version: manifest.version };
  const parent = path.dirname(from);
  if (parent === from) throw new Error('No package.json of Sidelight above its own code.');
  return findRoot(parent);
}

function readManifest(file: string): z.infer<typeof manifestSchema> | null {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
