import { constants } from 'node:fs';
import {
  access,
  link,
  lstat,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  stat,
  unlink,
} from 'node:fs/promises';

/** The file operations reading and writing need: one place to stand in for a full disk or a missing permission. */
export const fileOperations = {
  access,
  link,
  lstat,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  stat,
  unlink,
};
export type FileOperations = typeof fileOperations;

/** Never waits for a writer should a pipe take the place of the file that was looked at. */
export const openForReading = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The operating system's own code of a failed call, such as ENOENT. */
export function systemCode(thrown: unknown): string | null {
  if (!(thrown instanceof Error)) return null;
  const { code } = thrown as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : null;
}

/** For `catch`: null when there is no such file, the error otherwise. */
export function ifMissing(thrown: unknown): null {
  if (systemCode(thrown) === 'ENOENT') return null;
  throw thrown;
}
