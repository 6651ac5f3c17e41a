import { constants } from 'node:fs';
import { dirname, join, parse, resolve } from 'node:path';
import { SidelightError } from '../contract/errors';
import type { OverwritePolicy } from '../contract/recipe';
import { type FileOperations, ifMissing } from './files';
import { nameTaken, notWritable, writingFault } from './write-faults';

export interface Place {
  readonly path: string;
  /** Permissions of the file to be replaced, which the new one keeps; null when there is none. */
  readonly mode: number | null;
}

/**
 * The real place to write to. A link is followed, so that replacing changes what it points to, not the link.
 * @throws SidelightError output-is-input, file-exists, file-not-writable
 */
export async function checkPlace(
  path: string,
  policy: OverwritePolicy,
  inputs: readonly string[],
  operations: FileOperations,
): Promise<Place> {
  try {
    const folder = await operations.realpath(dirname(path));
    const inFolder = join(folder, parse(path).base);
    await operations.access(folder, constants.W_OK);
    const existing = await operations.lstat(inFolder).catch(ifMissing);
    // `rename` takes a name nobody has: it cannot meet an input.
    if (!existing || policy === 'rename') return { path: inFolder, mode: null };
    const real = existing.isSymbolicLink() ? await followed(inFolder, operations) : inFolder;
    await refuseInput(path, real, inputs, operations);
    if (policy === 'refuse') throw nameTaken(path);
    const target = await operations.stat(real).catch(ifMissing);
    if (target && !target.isFile()) throw notWritable(path, 'a folder or device has that name');
    return { path: real, mode: target ? target.mode & 0o777 : null };
  } catch (thrown) {
    throw writingFault(path, thrown);
  }
}

/** Where a link points, also when nothing is there yet. */
async function followed(path: string, operations: FileOperations): Promise<string> {
  const real = await operations.realpath(path).catch(ifMissing);
  return real ?? resolve(dirname(path), await operations.readlink(path));
}

/** Compares what the paths lead to, so that links of both kinds and other spellings of a name are found too. */
async function refuseInput(
  path: string,
  real: string,
  inputs: readonly string[],
  operations: FileOperations,
): Promise<void> {
  const output = await operations.stat(real, { bigint: true }).catch(ifMissing);
  if (!output) return;
  for (const input of inputs) {
    const found = await operations.stat(input, { bigint: true }).catch(ifMissing);
    if (found && found.ino === output.ino && found.dev === output.dev) {
      throw new SidelightError(
        'output-is-input',
        `“${path}” is one of the files the result is made from.`,
        'Choose another name or folder; inputs are never overwritten.',
        { path, input },
      );
    }
  }
}
