import { dirname, join, parse } from 'node:path';
import type { OverwritePolicy } from '../contract/recipe';
import { type FileOperations, systemCode } from './files';
import type { Place } from './place';
import { sweepTemporaries, temporaryName } from './temporary';
import { nameTaken, writingFault } from './write-faults';

/**
 * Bytes become a file whole or not at all: written under a temporary name in the same folder, forced to the disk, then
 * given their name. Returns the name they got.
 * @throws SidelightError file-exists, file-not-writable, disk-full
 */
export async function writeWhole(
  { path, mode }: Place,
  bytes: Uint8Array,
  policy: OverwritePolicy,
  operations: FileOperations,
): Promise<string> {
  const folder = dirname(path);
  const temporary = join(folder, temporaryName());
  await sweepTemporaries(folder, operations);
  try {
    const handle = await operations.open(temporary, 'wx', mode ?? 0o666);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const named = await giveName(temporary, path, policy, operations);
    await syncFolder(folder, operations);
    return named;
  } catch (thrown) {
    await operations.unlink(temporary).catch(() => undefined);
    throw writingFault(path, thrown);
  }
}

async function giveName(
  temporary: string,
  path: string,
  policy: OverwritePolicy,
  operations: FileOperations,
): Promise<string> {
  if (policy === 'replace') {
    await operations.rename(temporary, path);
    return path;
  }
  const { dir, name, ext } = parse(path);
  for (let number = 1; number < 10_000; number += 1) {
    const candidate = number === 1 ? path : join(dir, `${name}-${number}${ext}`);
    if (await takeFreeName(temporary, candidate, operations)) return candidate;
    if (policy === 'refuse') break;
  }
  throw nameTaken(path);
}

/** False when the name is taken. Two writers cannot both get it: linking and exclusive creation are atomic. */
async function takeFreeName(temporary: string, name: string, operations: FileOperations): Promise<boolean> {
  try {
    await operations.link(temporary, name);
  } catch (thrown) {
    const code = systemCode(thrown);
    if (code === 'EEXIST') return false;
    if (!linklessCodes.has(code ?? '')) throw thrown;
    return reserveAndRename(temporary, name, operations);
  }
  await operations.unlink(temporary);
  return true;
}

/** File systems without hard links (exFAT, some network drives) say one of these. */
const linklessCodes = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'UNKNOWN', 'EISDIR']);

async function reserveAndRename(
  temporary: string,
  name: string,
  operations: FileOperations,
): Promise<boolean> {
  try {
    await (await operations.open(name, 'wx')).close();
  } catch (thrown) {
    if (systemCode(thrown) === 'EEXIST') return false;
    throw thrown;
  }
  try {
    await operations.rename(temporary, name);
  } catch (thrown) {
    await operations.unlink(name).catch(() => undefined);
    throw thrown;
  }
  return true;
}

/** So that the name, too, survives a power cut. Not every system lets folders be opened; the file is safe anyway. */
async function syncFolder(folder: string, operations: FileOperations): Promise<void> {
  const handle = await operations.open(folder, 'r').catch(() => null);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
