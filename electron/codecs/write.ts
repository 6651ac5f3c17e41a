import { randomUUID } from 'node:crypto';
import { dirname, extname, join, parse, resolve } from 'node:path';
import { SidelightError } from '../contract/errors';
import type { ExportSettings, OverwritePolicy } from '../contract/recipe';
import type { Raster } from '../raster/raster';
import type { Codec } from './codec';
import { type FileOperations, fileOperations, systemCode } from './files';
import { codecs } from './list';

export interface WrittenImage {
  /** Where the file is now: differs from the path asked for when that was taken and `overwrite` is `rename`. */
  readonly path: string;
  readonly bytes: number;
  readonly clampedPixels: number;
  readonly notices: readonly string[];
}

/**
 * The one place where pictures become files. The file appears whole under its name or not at all: it is written under
 * a temporary name in the same folder, forced to the disk, then given its name.
 * @param inputs paths of every file the result was made from; none of them is ever written to
 * @throws SidelightError output-is-input, file-exists, file-not-writable, disk-full, format-unknown,
 * format-unsupported
 */
export async function writeImage(
  path: string,
  raster: Raster,
  settings: ExportSettings,
  inputs: readonly string[],
  operations: FileOperations = fileOperations,
): Promise<WrittenImage> {
  const codec = codecFor(settings);
  const wanted = resolve(path);
  // Known before any work is done; the naming itself decides again, as the folder may change meanwhile.
  const place = await checkPlace(wanted, settings.overwrite, inputs, operations);
  const { bytes, clampedPixels, notices } = await codec.encode!(raster, settings);
  const named = await writeWhole(place, bytes, settings.overwrite, operations);
  return {
    path: named,
    bytes: bytes.length,
    clampedPixels,
    notices: [...notices, ...nameNotice(named, codec)],
  };
}

function codecFor(settings: ExportSettings): Codec {
  const codec = codecs.find(({ id }) => id === settings.format);
  if (!codec?.encode) {
    throw new SidelightError(
      'format-unknown',
      `Sidelight does not write a format called “${settings.format}”.`,
      `Choose one of ${codecs.map(({ id }) => id).join(', ')}.`,
      { format: settings.format },
    );
  }
  if (!codec.writes.includes(settings.sampleType)) {
    throw new SidelightError(
      'format-unsupported',
      `${codec.title} cannot hold ${sampleTypeTitles[settings.sampleType]}.`,
      `Choose ${codec.writes.map((type) => sampleTypeTitles[type]).join(' or ')}, or another format.`,
      { format: codec.id, sampleType: settings.sampleType },
    );
  }
  return codec;
}

const sampleTypeTitles = { u8: '8-bit integers', u16: '16-bit integers', f32: '32-bit floats' } as const;

function nameNotice(path: string, { title, extensions }: Codec): string[] {
  const extension = extname(path).slice(1).toLowerCase();
  return extensions.includes(extension)
    ? []
    : [
        `The file is a ${title} although its name ends in “${extension ? `.${extension}` : parse(path).base}”.`,
      ];
}

/** The real place to write to. A link is followed, so that replacing changes what it points to, not the link. */
async function checkPlace(
  path: string,
  policy: OverwritePolicy,
  inputs: readonly string[],
  operations: FileOperations,
): Promise<string> {
  try {
    const folder = await operations.realpath(dirname(path));
    const inFolder = join(folder, parse(path).base);
    const existing = await operations.lstat(inFolder).catch(ifMissing);
    // `rename` takes a name nobody has: it cannot meet an input.
    if (!existing || policy === 'rename') return inFolder;
    const real = existing.isSymbolicLink() ? await followed(inFolder, operations) : inFolder;
    await refuseInput(path, real, inputs, operations);
    if (policy === 'refuse') throw exists(path);
    const target = await operations.stat(real).catch(ifMissing);
    if (target && !target.isFile()) throw notWritable(path, 'a folder or device has that name');
    return real;
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

async function writeWhole(
  place: string,
  bytes: Uint8Array,
  policy: OverwritePolicy,
  operations: FileOperations,
): Promise<string> {
  const temporary = join(dirname(place), `.sidelight-${randomUUID()}.part`);
  try {
    const handle = await operations.open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const named = await giveName(temporary, place, policy, operations);
    await syncFolder(dirname(place), operations);
    return named;
  } catch (thrown) {
    await operations.unlink(temporary).catch(() => undefined);
    throw writingFault(place, thrown);
  }
}

async function giveName(
  temporary: string,
  place: string,
  policy: OverwritePolicy,
  operations: FileOperations,
): Promise<string> {
  if (policy === 'replace') {
    await operations.rename(temporary, place);
    return place;
  }
  const { dir, name, ext } = parse(place);
  for (let number = 1; number < 10_000; number += 1) {
    const candidate = number === 1 ? place : join(dir, `${name}-${number}${ext}`);
    if (await takeFreeName(temporary, candidate, operations)) return candidate;
    if (policy === 'refuse') break;
  }
  throw exists(place);
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
const linklessCodes = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'UNKNOWN',
  'EISDIR',
  'EXDEV',
]);

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

function ifMissing(thrown: unknown): null {
  if (systemCode(thrown) === 'ENOENT') return null;
  throw thrown;
}

function exists(path: string): SidelightError {
  return new SidelightError(
    'file-exists',
    `There is already a file “${path}”.`,
    'Choose another name, or allow it to be replaced or the new one to be renamed.',
    { path },
  );
}

function notWritable(path: string, reason: string, cause?: unknown): SidelightError {
  return new SidelightError(
    'file-not-writable',
    `“${path}” cannot be written: ${reason}.`,
    'Choose another folder, or change its permissions. Nothing was written.',
    { path },
    cause,
  );
}

function writingFault(path: string, thrown: unknown): SidelightError {
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
