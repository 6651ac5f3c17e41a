import { basename } from 'node:path';
import { SidelightError } from '../contract/errors';
import { startsWith } from './bytes';
import type { DecodedImage } from './codec';
import { memoryExhausted } from './faults';
import { type FileOperations, fileOperations, openForReading, systemCode } from './files';
import { codecs } from './list';

export interface ReadImage extends DecodedImage {
  /** Id of the codec that read it. */
  readonly format: string;
}

const headBytes = 64;
/** Node reads no more into one buffer; the largest picture allowed, uncompressed, stays below it at 16 bits. */
const maximumFileBytes = 2 ** 31 - 1;

/**
 * Reads a picture or map; the format is found by content, never by name.
 * @throws SidelightError file-not-found, file-not-readable, image-empty, image-too-large, image-damaged,
 * format-unknown, format-unsupported, memory-exhausted
 */
export const readImage = async (
  path: string,
  operations: FileOperations = fileOperations,
): Promise<ReadImage> => decodeImage(path, await readImageFile(path, operations));

/**
 * The picture in a file's bytes, for those who look at the bytes too.
 * @param path names the file in errors
 * @throws SidelightError image-too-large, image-damaged, format-unsupported, memory-exhausted
 */
export async function decodeImage(path: string, bytes: Uint8Array): Promise<ReadImage> {
  const head = bytes.subarray(0, headBytes);
  const codec = codecs.find((candidate) => candidate.recognises(head));
  // `readImageFile` has refused every file without a codec.
  if (!codec) throw unknownFormat(path, head);
  try {
    return { ...(await codec.decode(bytes)), format: codec.id };
  } catch (thrown) {
    throw decodingFault(path, thrown);
  }
}

/**
 * All of a file that begins like a picture.
 * @throws SidelightError file-not-found, file-not-readable, image-empty, image-too-large, format-unknown, format-unsupported
 */
export async function readImageFile(
  path: string,
  operations: FileOperations = fileOperations,
): Promise<Uint8Array> {
  const name = basename(path);
  try {
    const found = await operations.stat(path);
    if (found.isDirectory()) {
      throw notReadable(path, `“${name}” is a folder.`, 'Choose a file inside it.');
    }
    if (!found.isFile()) {
      throw notReadable(path, `“${name}” is not a regular file.`, 'Choose a picture file.');
    }
    const handle = await operations.open(path, openForReading);
    try {
      const { size } = await handle.stat();
      const head = new Uint8Array(Math.min(size, headBytes));
      await handle.read(head, 0, head.length, 0);
      if (size === 0) {
        throw new SidelightError(
          'image-empty',
          `“${name}” is empty: 0 bytes.`,
          'It was probably not copied or saved completely; get it again from where it came.',
          { path },
        );
      }
      if (!codecs.some((codec) => codec.recognises(head))) throw unknownFormat(path, head);
      if (size > maximumFileBytes) {
        throw new SidelightError(
          'image-too-large',
          `“${name}” has ${(size / 1e9).toFixed(1)} GB; the limit is ${(maximumFileBytes / 1e9).toFixed(1)} GB.`,
          'Reduce the picture or cut it into parts, then open those.',
          { path, bytes: size, limit: maximumFileBytes },
        );
      }
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw readingFault(path, thrown);
  }
}

function notReadable(path: string, message: string, remedy: string, cause?: unknown): SidelightError {
  return new SidelightError('file-not-readable', message, remedy, { path }, cause);
}

function readingFault(path: string, thrown: unknown): SidelightError {
  if (thrown instanceof SidelightError) return thrown;
  const name = basename(path);
  switch (systemCode(thrown)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new SidelightError(
        'file-not-found',
        `There is no file “${path}”.`,
        'Check the name and the folder; it may have been moved or renamed.',
        { path },
        thrown,
      );
    case 'EACCES':
    case 'EPERM':
      return notReadable(
        path,
        `You have no permission to read “${name}”.`,
        'Change the permissions of the file and of its folders, or copy it to a folder of your own.',
        thrown,
      );
    case 'EISDIR':
      return notReadable(path, `“${name}” is a folder.`, 'Choose a file inside it.', thrown);
    case null:
      return SidelightError.from(thrown);
    default:
      return notReadable(
        path,
        `“${name}” cannot be read: ${(thrown as Error).message}.`,
        'Check the drive or the network connection and try again.',
        thrown,
      );
  }
}

/** Adds the file's name to what a codec found. */
function decodingFault(path: string, thrown: unknown): SidelightError {
  const name = basename(path);
  if (thrown instanceof SidelightError && thrown.code !== 'internal') {
    const details = { ...thrown.details, path };
    return new SidelightError(thrown.code, `“${name}”: ${thrown.message}`, thrown.remedy, details, thrown);
  }
  // Decoders check every offset and count beforehand: what is left is memory that cannot be had.
  if (thrown instanceof RangeError) return memoryExhausted(`“${name}”`, thrown);
  return SidelightError.from(thrown);
}

/** Formats people have, which Sidelight does not read: naming them helps more than “unknown”. */
const foreignFormats: readonly { title: string; recognises: (head: Uint8Array) => boolean }[] = [
  { title: 'a GIF', recognises: (head) => startsWith(head, 'GIF8') },
  { title: 'a Photoshop document', recognises: (head) => startsWith(head, '8BPS') },
  { title: 'an OpenEXR picture', recognises: (head) => startsWith(head, [0x76, 0x2f, 0x31, 0x01]) },
  { title: 'a Radiance HDR picture', recognises: (head) => startsWith(head, '#?RADIANCE') },
  {
    title: 'a HEIF or AVIF picture',
    recognises: (head) =>
      startsWith(head, 'ftyp', 4) &&
      ['heic', 'heix', 'mif1', 'msf1', 'avif', 'avis'].some((brand) => startsWith(head, brand, 8)),
  },
  {
    title: 'a JPEG XL picture',
    recognises: (head) => startsWith(head, [0xff, 0x0a]) || startsWith(head, 'JXL ', 4),
  },
  {
    title: 'a JPEG 2000 picture',
    recognises: (head) => startsWith(head, 'jP  ', 4) || startsWith(head, [0xff, 0x4f, 0xff, 0x51]),
  },
  { title: 'a PDF document', recognises: (head) => startsWith(head, '%PDF') },
  { title: 'a ZIP archive (.npz, .docx and others)', recognises: (head) => startsWith(head, 'PK\x03\x04') },
  { title: 'a MATLAB file', recognises: (head) => startsWith(head, 'MATLAB') },
  {
    title: 'a PNM picture',
    recognises: (head) => /^P[1-7]\s/.test(Buffer.from(head.subarray(0, 3)).toString('latin1')),
  },
  {
    title: 'an SVG drawing',
    recognises: (head) => /^\s*(<\?xml|<svg)/.test(Buffer.from(head).toString('latin1')),
  },
];

function unknownFormat(path: string, head: Uint8Array): SidelightError {
  const name = basename(path);
  const formats = codecs.map(({ title }) => title).join(', ');
  const foreign = foreignFormats.find(({ recognises }) => recognises(head));
  if (foreign) {
    const message = `“${name}” is ${foreign.title}, which Sidelight does not read.`;
    const remedy = `Save it as one of ${formats}, whichever keeps its values.`;
    return new SidelightError('format-unsupported', message, remedy, { path });
  }
  const what = isText(head) ? 'a text file, not a picture' : 'not a picture of a format Sidelight knows';
  return new SidelightError(
    'format-unknown',
    `“${name}” is ${what}.`,
    `Choose a picture. Sidelight reads ${formats}.`,
    { path },
  );
}

function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);
}
