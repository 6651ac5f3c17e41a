import type { FormatDescription } from '../contract/engine';
import { bmp } from './bmp';
import type { Codec } from './codec';
import { jpeg } from './jpeg';
import { npy } from './npy';
import { pfm } from './pfm';
import { png } from './png';
import { tiff } from './tiff';
import { webp } from './webp';

/** The one list of file formats; dialogs, help and the export panel derive from it. */
export const codecs: readonly Codec[] = [png, tiff, jpeg, webp, bmp, pfm, npy];

export function describeFormats(): FormatDescription[] {
  return codecs.map(({ id, title, extensions, lossy, writes, encode }) => ({
    id,
    title,
    extensions: [...extensions],
    reads: true,
    writes: encode ? [...writes] : [],
    lossy,
  }));
}
