import { randomUUID } from 'node:crypto';
import { access, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SidelightError } from '../contract/errors';
import { usageError } from './options';

const kinds = { '.md': 'markdown', '.json': 'json' } as const;

export interface ReportFile {
  readonly kind: 'markdown' | 'json';
  /** Whole or not at all. @throws SidelightError file-not-writable */
  write(text: string): Promise<void>;
}

/**
 * A place for a report, looked at before the work begins.
 * @throws SidelightError usage, file-exists, file-not-writable
 */
export async function reportFile(file: string, overwrite: boolean): Promise<ReportFile> {
  const extension = path.extname(file).toLowerCase();
  if (extension !== '.md' && extension !== '.json')
    throw usageError(`A report cannot be written as “${file}”.`, 'End its name in .md or .json.');
  await access(path.dirname(path.resolve(file))).catch((thrown) => {
    throw notWritable(file, thrown);
  });
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (exists && !overwrite) {
    throw new SidelightError(
      'file-exists',
      `${file} is there already.`,
      'Add --overwrite to replace it, or give the report another name.',
      { path: file },
    );
  }
  return { kind: kinds[extension], write: (text) => writeWhole(file, text) };
}

async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}.part`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, file);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw notWritable(file, thrown);
  }
}

const notWritable = (file: string, thrown: unknown) =>
  new SidelightError(
    'file-not-writable',
    `${file} cannot be written: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
    'Choose a folder that exists and that you may write into.',
    { path: file },
    thrown,
  );
