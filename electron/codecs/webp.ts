import type { ExportSettings } from '../contract/recipe';
import type { Raster } from '../raster/raster';
import { assemble } from './assemble';
import { startsWith } from './bytes';
import type { Codec, EncodedImage } from './codec';
import { unrecordedNotice, withMetadata } from './export-notices';
import { checkSide, damaged } from './faults';
import { profileFits } from './profile';
import { quantise } from './quantise';
import { readPicture } from './stored-picture';
import { encodePixels, readHeader } from './vips';

/**
 * WebP. One-channel maps, and pictures at quality 100, are written lossless, and then exact at 8 bits: lossy WebP
 * would give a map three channels that differ.
 */
export const webp: Codec = {
  id: 'webp',
  title: 'WebP',
  extensions: ['webp'],
  lossy: true,
  writes: ['u8'],
  recognises: (head) => startsWith(head, 'RIFF') && startsWith(head, 'WEBP', 8),
  async decode(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < 20 || view.getUint32(4, true) + 8 > bytes.length)
      throw damaged('WebP', 'it ends in the middle');
    // WebP has no grey pictures: equal channels are how it stores them.
    return assemble({
      ...(await readPicture('WebP', bytes, await readHeader('WebP', bytes), null)),
      greyAsColour: true,
    });
  },
  encode,
};

async function encode(raster: Raster, settings: ExportSettings): Promise<EncodedImage> {
  checkSide('WebP', raster, 16383);
  const { width, height, icc } = raster;
  const { samples, bands, clampedPixels, record } = quantise(raster, settings, { alpha: 'keep' });
  const lossless = settings.quality === 100 || raster.channels === 1;
  const notices = unrecordedNotice('WebP', raster, record);
  const bare = await encodePixels(
    { width, height, bands, samples },
    { format: 'webp', quality: settings.quality, lossless },
  );
  const bytes = await withMetadata('metadata', notices, bare, (file) =>
    // Every WebP holds three channels: a grey profile would be wrong in it.
    extend(
      file,
      raster,
      icc && raster.channels === 3 && profileFits(icc, 3) ? icc : null,
      raster.exif,
      bands % 2 === 0,
    ),
  );
  return { bytes, clampedPixels, notices };
}

const hasProfile = 0x20;
const hasAlpha = 0x10;
const hasExif = 0x08;

/** The extended file format of the WebP container specification: VP8X, ICCP, picture chunks, EXIF. */
function extend(
  file: Uint8Array,
  { width, height }: Raster,
  icc: Uint8Array | null,
  exif: Uint8Array | null,
  alpha: boolean,
): Uint8Array {
  if (!icc && !exif) return file;
  const picture = pictureChunks(file);
  const header = Buffer.alloc(10);
  header[0] = (icc ? hasProfile : 0) | (alpha ? hasAlpha : 0) | (exif ? hasExif : 0);
  header.writeUIntLE(width - 1, 4, 3);
  header.writeUIntLE(height - 1, 7, 3);
  const body = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    chunk('VP8X', header),
    ...(icc ? [chunk('ICCP', icc)] : []),
    ...picture,
    ...(exif ? [chunk('EXIF', exif)] : []),
  ]);
  return chunk('RIFF', body);
}

function pictureChunks(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const found: Uint8Array[] = [];
  for (let at = 12; at + 8 <= file.length; ) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    const type = Buffer.from(file.subarray(at, at + 4)).toString('latin1');
    if (['ALPH', 'VP8 ', 'VP8L'].includes(type)) found.push(file.subarray(at, end));
    at = end;
  }
  return found;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(8 + data.length + (data.length % 2));
  bytes.write(type, 0, 'latin1');
  bytes.writeUInt32LE(data.length, 4);
  bytes.set(data, 8);
  return bytes;
}
