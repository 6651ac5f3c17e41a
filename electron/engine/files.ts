import { SidelightError } from '../contract/errors';

/** The files the owner of the engine lets clients name. */
export class PermittedFiles {
  private readonly readable = new Map<string, string>();
  private readonly writable = new Map<string, string>();

  permitReading(fileId: string, path: string): void {
    this.readable.set(fileId, path);
  }

  permitWriting(writeId: string, path: string): void {
    this.writable.set(writeId, path);
  }

  /** @throws SidelightError file-not-permitted */
  readPath(fileId: string): string {
    return permitted(this.readable.get(fileId));
  }

  /** @throws SidelightError file-not-permitted */
  writePath(writeId: string): string {
    return permitted(this.writable.get(writeId));
  }
}

function permitted(path: string | undefined): string {
  if (path !== undefined) return path;
  throw new SidelightError(
    'file-not-permitted',
    'This file was not opened or named by the user in this window.',
    'Open the file again.',
  );
}
