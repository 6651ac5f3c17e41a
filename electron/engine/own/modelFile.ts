import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SidelightError } from '../../contract/errors';
import { readOnnxFile } from './onnxFile';
import { unsuited } from './problems';

export interface ModelFile {
  /** File name without its folder. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly fingerprint: string;
}

/** Protocol Buffers, which ONNX files are made of, end here. */
const mostBytes = 2 ** 31 - 1;

/**
 * All of a model file. It must be complete in itself: weights in other files are refused, because only the file itself was
 * opened by the user, and only what the fingerprint covers can be relied on.
 * @throws SidelightError own-model-unsuited, file-not-found, file-not-readable
 */
export async function readModelFile(path: string): Promise<ModelFile> {
  const name = basename(path);
  await checkSize(path);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  const { isModel, refersToFiles } = readOnnxFile(bytes);
  if (!isModel)
    throw unsuited(
      name,
      'it is not an ONNX file, or not all of one.',
      'Choose a file that was saved as ONNX.',
    );
  if (refersToFiles)
    throw unsuited(
      name,
      'it keeps weights in another file.',
      'Save it as one file: in Python, onnx.save(onnx.load("model.onnx"), "whole.onnx").',
    );
  return { name, bytes, fingerprint: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * What a file's content is known by, without keeping it in memory.
 * @throws SidelightError own-model-unsuited, file-not-found, file-not-readable
 */
export async function fingerprintOf(path: string): Promise<string> {
  await checkSize(path);
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  return hash.digest('hex');
}

async function checkSize(path: string): Promise<void> {
  const { size } = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (size > mostBytes)
    throw unsuited(basename(path), `it has ${(size / 1e9).toFixed(1)} GB, and an ONNX file has at most 2.1.`);
}

function unreadable(path: string, cause: unknown): SidelightError {
  const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
  return new SidelightError(
    missing ? 'file-not-found' : 'file-not-readable',
    missing ? `There is no file ${path}.` : `${path} cannot be read: ${(cause as Error).message}.`,
    'Check the path; it may have been moved or renamed.',
    { path },
    cause,
  );
}
