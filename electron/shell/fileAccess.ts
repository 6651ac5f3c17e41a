import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { SidelightError } from '../contract/errors';
import type { ExportPlace, OpenedFile } from '../contract/shell';
import type { Supervisor } from '../engine/host/supervisor';

/** What the shell may allow the engine: to read one file, to write one file. */
type FileGrants = Pick<Supervisor, 'grantRead' | 'grantWrite'>;

type Origin = 'user' | 'installation' | 'upload';

/**
 * The files the user opened or named. Only through here does a path become an id; the page and the engine know
 * nothing else, so nothing else can be read or written.
 */
export class FileAccess {
  private readonly opened = new Map<string, { path: string; name: string; origin: Origin }>();

  constructor(
    private readonly grants: FileGrants,
    /** Where an export is suggested whose input has no folder of the user's own. */
    private readonly exportFolder: string,
  ) {}

  /** A path the user typed, chose or dropped; `~` is their home, a relative one starts where Sidelight was started. */
  openPath(typed: string): Promise<OpenedFile> {
    return this.open(resolveTyped(typed), 'user');
  }

  openPaths(typed: readonly string[]): Promise<OpenedFile[]> {
    return Promise.all(typed.map((file) => this.openPath(file)));
  }

  /** One of the files that come with Sidelight. */
  openInstalled(file: string): Promise<OpenedFile> {
    return this.open(file, 'installation');
  }

  /** Bytes the page handed over, kept in a file of the session under a label. */
  openUploaded(file: string, name: string): Promise<OpenedFile> {
    return this.open(file, 'upload', name);
  }

  async nameExportPlace(typed: string): Promise<ExportPlace> {
    const file = resolveTyped(typed);
    const folder = path.dirname(file);
    if (!(await isFolder(folder)))
      throw new SidelightError(
        'file-not-writable',
        `There is no folder ${folder}.`,
        'Create it, or choose a folder that exists.',
        { path: file },
      );
    if (await isFolder(file))
      throw new SidelightError('file-not-writable', `${file} is a folder.`, 'Add a file name to it.', {
        path: file,
      });
    if (!(await isAllowed(folder, constants.W_OK)))
      throw new SidelightError(
        'file-not-permitted',
        `You may not write into ${folder}.`,
        'Choose another folder, or change its permissions.',
        { path: file },
      );
    return { writeId: await this.grants.grantWrite(file), path: file, exists: await exists(file) };
  }

  /** `<name>-sidelight.<extension>` beside the input, numbered when that is taken. */
  async suggestExportPath(fileId: string, extension: string): Promise<string> {
    const file = this.opened.get(fileId);
    if (!file)
      throw new SidelightError(
        'file-not-permitted',
        'That file is not open in this session.',
        'Open the file again.',
      );
    const folder = file.origin === 'user' ? path.dirname(file.path) : this.exportFolder;
    const stem = path.parse(file.name).name || 'result';
    for (let number = 1; ; number += 1) {
      const suffix = number === 1 ? '' : `-${number}`;
      const suggestion = path.join(folder, `${stem}-sidelight${suffix}.${extension}`);
      if (!(await exists(suggestion))) return suggestion;
    }
  }

  private async open(file: string, origin: Origin, label?: string): Promise<OpenedFile> {
    const found = await stat(file).catch((thrown: NodeJS.ErrnoException) => {
      throw unreadable(file, thrown);
    });
    if (!found.isFile())
      throw new SidelightError(
        'file-not-readable',
        found.isDirectory() ? `${file} is a folder.` : `${file} is not a plain file.`,
        'Open one of the images in it.',
        { path: file },
      );
    if (!(await isAllowed(file, constants.R_OK)))
      throw new SidelightError(
        'file-not-permitted',
        `You may not read ${file}.`,
        'Change its permissions, or open a copy you own.',
        { path: file },
      );
    const fileId = await this.grants.grantRead(file);
    const name = label ?? path.basename(file);
    this.opened.set(fileId, { path: file, name, origin });
    return { fileId, name, path: origin === 'user' ? file : null, bytes: found.size };
  }
}

function resolveTyped(typed: string): string {
  if (typed.includes('\0'))
    throw new SidelightError(
      'request-invalid',
      'A path cannot contain a NUL character.',
      'Type the path again.',
    );
  const home = /^~(?=$|[/\\])/.exec(typed);
  return path.resolve(home ? path.join(homedir(), typed.slice(1)) : typed);
}

function unreadable(file: string, thrown: NodeJS.ErrnoException): SidelightError {
  const details = { path: file };
  if (thrown.code === 'EACCES' || thrown.code === 'EPERM')
    return new SidelightError(
      'file-not-permitted',
      `You may not look into the folder of ${file}.`,
      'Change its permissions, or open a copy you own.',
      details,
      thrown,
    );
  if (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR')
    return new SidelightError(
      'file-not-found',
      `There is no file ${file}.`,
      'Check the path; it may have been moved or renamed.',
      details,
      thrown,
    );
  return new SidelightError(
    'file-not-readable',
    `${file} cannot be read: ${thrown.message}.`,
    'Check the path and the drive it is on.',
    details,
    thrown,
  );
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );

const isFolder = (file: string) =>
  stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );

const isAllowed = (file: string, mode: number) =>
  access(file, mode).then(
    () => true,
    () => false,
  );
