import { mkdir, readdir } from 'node:fs/promises';
import { SidelightError } from '../contract/errors';

/**
 * A folder for pictures, made and looked at before the work begins.
 * @throws SidelightError file-exists when something is in it and may not be replaced, file-not-writable
 */
export async function pictureFolder(folder: string, overwrite: boolean): Promise<string> {
  let names: string[];
  try {
    await mkdir(folder, { recursive: true });
    names = await readdir(folder);
  } catch (thrown) {
    throw new SidelightError(
      'file-not-writable',
      `The folder ${folder} cannot be made: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      'Choose a folder in one that you may write into.',
      { path: folder },
      thrown,
    );
  }
  if (names.length === 0 || overwrite) return folder;
  throw new SidelightError(
    'file-exists',
    `There are files in ${folder} already.`,
    'Add --overwrite to replace pictures of the same names, or name another folder.',
    { path: folder },
  );
}
