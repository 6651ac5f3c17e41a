import { SidelightError } from '../contract/errors';
import { systemCode } from './files';

export function nameTaken(path: string): SidelightError {
  return new SidelightError(
    'file-exists',
    `There is already a file “${path}”.`,
    'Choose another name, or allow it to be replaced or the new one to be renamed.',
    { path },
  );
}

export function notWritable(path: string, reason: string, cause?: unknown): SidelightError {
  return new SidelightError(
    'file-not-writable',
    `“${path}” cannot be written: ${reason}.`,
    'Choose another folder, or change its permissions. Nothing was written.',
    { path },
    cause,
  );
}

/** What the operating system refused, in the user's words. */
export function writingFault(path: string, thrown: unknown): SidelightError {
  if (thrown instanceof SidelightError) return thrown;
  switch (systemCode(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new SidelightError(
        'disk-full',
        `There is not enough space to write “${path}”.`,
        'Free some space or choose another drive; nothing was left behind, and the result can be exported again.',
        { path },
        thrown,
      );
    case 'EACCES':
    case 'EPERM':
      return notWritable(path, 'you have no permission to write there', thrown);
    case 'EROFS':
      return notWritable(path, 'the drive is read-only', thrown);
    case 'ENOENT':
      return notWritable(path, 'its folder does not exist', thrown);
    case 'ENOTDIR':
      return notWritable(path, 'a part of the path is no folder', thrown);
    case 'ENAMETOOLONG':
      return notWritable(path, 'its name is too long', thrown);
    case 'EISDIR':
      return notWritable(path, 'a folder has that name', thrown);
    case null:
      return SidelightError.from(thrown);
    default:
      return notWritable(path, (thrown as Error).message, thrown);
  }
}
