import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { SidelightError } from '../../contract/errors';

/** Bytes one dropped file may have: a 16-bit RGB picture of 170 megapixels. */
export const maximumUploadBytes = 1024 ** 3;

/** The session's private folder for files whose bytes the page handed over. Gone when the session ends. */
export class Uploads {
  private removed = false;

  private constructor(readonly folder: string) {
    process.once('exit', this.removeNow);
  }

  static async create(): Promise<Uploads> {
    // mkdtemp makes it 0700: nobody else may look.
    return new Uploads(await mkdtemp(path.join(tmpdir(), 'sidelight-')));
  }

  /**
   * Streams bytes into a new file of the folder, named by us: what the page calls it is only a label. Leaves `bytes`
   * open when it refuses them, so that the refusal can still be answered.
   *
   * @throws SidelightError image-too-large, disk-full, cancelled (the page went away in the middle)
   */
  async store(bytes: Readable, limit: number): Promise<string> {
    const file = path.join(this.folder, randomUUID());
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
      await rm(file, { force: true });
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

export function tooLarge(limit: number): SidelightError {
  return new SidelightError(
    'image-too-large',
    `The file is larger than ${Math.round(limit / 1024 ** 2)} MB, the most a browser may hand over.`,
    'Type its path instead of dropping it: then it is read where it lies.',
  );
}

function asUploadError(thrown: unknown): SidelightError {
  if (thrown instanceof SidelightError) return thrown;
  const code = (thrown as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new SidelightError(
      'disk-full',
      'There is no room left for the file in the temporary folder.',
      'Free some space, or type the path of the file instead of dropping it.',
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
