import { readdir } from 'node:fs/promises';
import { SidelightError } from '../contract/errors';

/** Names of what is in a folder of data. @throws SidelightError file-not-found */
export async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    throw new SidelightError(
      'file-not-found',
      `There is no folder ${folder} that can be read.`,
      'Name the folder of the data with --data.',
      { path: folder },
      thrown,
    );
  }
}

/** For a folder that holds nothing to measure on. @param expected what should be in it, in a sentence */
export const nothingToMeasure = (folder: string, what: string, expected: string) =>
  new SidelightError('file-not-found', `There is no ${what} in ${folder}.`, expected, { path: folder });
