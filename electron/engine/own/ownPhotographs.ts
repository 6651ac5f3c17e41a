import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { decodeImage, readImageFile } from '../../codecs/read';
import type { OwnPhotograph } from '../../contract/ownPhotographs';
import type { PhotographStyles } from '../../filters/filter';
import type { Style } from '../../filters/style/style';
import { photographStyle } from './photographStyle';
import { photographNotOpen } from './problems';

interface Known {
  readonly style: Style;
  readonly path: string;
}

/**
 * The photographs that users brought for their looks, by the fingerprint of their files. Only their style is kept, so that a
 * step goes on with the very content that was opened, whatever becomes of the file.
 */
export class OwnPhotographs implements PhotographStyles {
  private readonly known = new Map<string, Known>();

  /** @throws SidelightError own-photograph-unsuited, and what reading a picture throws */
  async open(path: string): Promise<OwnPhotograph> {
    const name = basename(path);
    const bytes = await readImageFile(path);
    const fingerprint = createHash('sha256').update(bytes).digest('hex');
    const style =
      this.known.get(fingerprint)?.style ?? photographStyle((await decodeImage(path, bytes)).raster, name);
    this.known.set(fingerprint, { style, path });
    return { fingerprint, name };
  }

  find(fingerprint: string): Style {
    const known = this.known.get(fingerprint);
    if (!known) throw photographNotOpen();
    return known.style;
  }

  pathOf(fingerprint: string): string | undefined {
    return this.known.get(fingerprint)?.path;
  }
}
