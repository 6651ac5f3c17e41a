import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { SidelightError } from '../../contract/errors';

/** Bytes one dropped file may have: a 16-bit RGB picture of 170 megapixels. */
export const maximumUploadBytes = 1024 ** 3;

const folderPrefix = 'sidelight-session-';

/** The session's private folder for files whose bytes the page handed over. Gone when the session ends. */
export class Uploads {
  private removed = false;

  private constructor(readonly folder: string) {
    process.once('exit', this.removeNow);
  }

  /** A new folder, 0700: nobody else may look. Takes away what sessions left that were killed. */
  static async create(parent = tmpdir()): Promise<Uploads> {
    await removeOrphans(parent);
    return new Uploads(await mkdtemp(path.join(parent, `${folderPrefix}${process.pid}-`)));
  }

  /**
   * Streams bytes into a new file in a new folder of the session; `label` is what messages will call it. Leaves
   * `bytes` open when it refuses them, so that the refusal can still be answered.
   *
   * @throws SidelightError image-too-large, disk-full, cancelled (the page went away in the middle)
   */
  async store(bytes: Readable, label: string, limit: number): Promise<string> {
    const folder = path.join(this.folder, randomUUID());
    await mkdir(folder);
    const file = path.join(folder, fileName(label));
    const handle = await open(file, 'wx', 0o600);
    try {
      let total = 0;
      for await (const chunk of bytes.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        total += chunk.length;
        if (total > limit) throw tooLarge(limit);
        await handle.appendFile(chunk);
      }
      await handle.close();
      return file;
    } catch (thrown) {
      await handle.close().catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
      throw asUploadError(thrown);
    }
  }

  async remove(): Promise<void> {
    this.removed = true;
    process.off('exit', this.removeNow);
    await rm(this.folder, { recursive: true, force: true });
  }

  private readonly removeNow = () => {
    if (!this.removed) rmSync(this.folder, { recursive: true, force: true });
  };
}

/** A name as the page gave it, fit to be shown: no folders, no control characters, not endless. */
export function uploadLabel(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const shown = [...base]
    .filter((character) => !/\p{C}/u.test(character))
    .join('')
    .trim();
  return shown.slice(0, 200) || 'untitled';
}

/** The label as every file system takes it: never hidden, never a folder, at most 200 bytes. */
function fileName(label: string): string {
  const plain = label
    .replace(/[<>:"/\\|?*]/g, '_')
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '');
  let name = '';
  for (const character of plain) {
    if (Buffer.byteLength(name + character) > 200) break;
    name += character;
  }
  return name || 'untitled';
}

/** Folders of sessions whose process is no more. */
async function removeOrphans(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const owner = name.startsWith(folderPrefix)
      ? Number.parseInt(name.slice(folderPrefix.length), 10)
      : Number.NaN;
    if (owner > 0 && !isRunning(owner))
      await rm(path.join(parent, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

export function tooLarge(limit: number): SidelightError {
  return new SidelightError(
    'image-too-large',
    `The file is larger than ${Math.round(limit / 1024 ** 2)} MB, the most a browser may hand over.`,
    'Name it when starting Sidelight (npm start -- FILE): then it is read where it lies.',
  );
}

function asUploadError(thrown: unknown): SidelightError {
  if (thrown instanceof SidelightError) return thrown;
  const code = (thrown as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new SidelightError(
      'disk-full',
      'There is no room left for the file in the temporary folder.',
      'Free some space, or name the file when starting Sidelight (npm start -- FILE).',
      undefined,
      thrown,
    );
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
    return new SidelightError(
      'cancelled',
      'The file did not arrive whole.',
      'Drop it again.',
      undefined,
      thrown,
    );
  return SidelightError.from(thrown);
}
