import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { SidelightError } from '../contract/errors';
import type { Sample } from '../contract/shell';
import type { Installation } from './installation';
import { samplesAddress } from './samples';

export interface StaticFile {
  readonly path: string;
  readonly contentType: string;
  /** Its name carries a hash of its content, so it never changes. */
  readonly immutable: boolean;
}

/** Addresses without a leading slash, as they stand in a URL, and the one file each of them means. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/**
 * Everything the page may load: an explicit list of the built files and the samples' thumbnails. A request is looked
 * up in it and never turned into a path, so there is nothing to traverse.
 */
export async function listStaticFiles(
  installation: Installation,
  samples: readonly Sample[],
): Promise<StaticFiles> {
  const files = new Map<string, StaticFile>();
  const { rendererFolder, samplesFolder } = installation;
  const paths = await filesBelow(rendererFolder).catch((thrown) => {
    throw new SidelightError(
      'internal',
      `The interface is not where it should be, in ${rendererFolder}.`,
      'Run "npm run build", or install Sidelight again.',
      { path: rendererFolder },
      thrown,
    );
  });
  for (const file of paths) {
    const contentType = contentTypes[path.extname(file)];
    if (contentType === undefined) continue;
    const address = path.relative(rendererFolder, file).split(path.sep).join('/');
    files.set(address, { path: file, contentType, immutable: address.startsWith('assets/') });
  }
  const page = files.get('index.html');
  if (page) files.set('', page);
  for (const { thumbnail } of samples) {
    const contentType = contentTypes[path.extname(thumbnail)];
    if (contentType === undefined) continue;
    files.set(samplesAddress + thumbnail, {
      path: path.join(samplesFolder, thumbnail),
      contentType,
      immutable: false,
    });
  }
  return files;
}

/** Asks for nothing that Electron's stand-in for reading inside an archive answers differently: no recursion, no parents. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries.map((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(file);
    return entry.isFile() ? [file] : [];
  });
  return (await Promise.all(found)).flat();
}
