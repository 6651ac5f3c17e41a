import type { ExportSettings } from '../contract/recipe';
import type { Raster } from '../raster/raster';
import { assemble } from './assemble';
import { bytesOf, startsWith } from './bytes';
import type { Codec, EncodedImage } from './codec';
import { alphaNotice, unrecordedNotice, withMetadata } from './export-notices';
import { checkSide, damaged } from './faults';
import { profileFits } from './profile';
import { quantise } from './quantise';
import { readPicture } from './stored-picture';
import { encodePixels, readHeader } from './vips';

const endMarker = Buffer.of(0xff, 0xd9);

/** JPEG, baseline and progressive. CMYK goes through its profile to sRGB. */
export const jpeg: Codec = {
  id: 'jpeg',
  title: 'JPEG',
  extensions: ['jpg', 'jpeg'],
  lossy: true,
  writes: ['u8'],
  recognises: (head) => startsWith(head, [0xff, 0xd8, 0xff]),
  async decode(bytes) {
    // libvips misses a cut through the very last block; other data may follow the end marker.
    if (bytesOf(bytes).lastIndexOf(endMarker) < 0) {
      throw damaged('JPEG', 'it ends in the middle');
    }
    return assemble(await readPicture('JPEG', bytes, await readHeader('JPEG', bytes), null));
  },
  encode,
};

async function encode(raster: Raster, settings: ExportSettings): Promise<EncodedImage> {
  checkSide('JPEG', raster, 65535);
  const { width, height } = raster;
  const alpha = raster.channels === 3 ? 'onto-white' : 'drop';
  const { samples, bands, clampedPixels, record } = quantise(raster, settings, { alpha });
  const notices = [
    ...(raster.channels === 1
      ? ['JPEG is lossy: the values in the file differ slightly from the result.']
      : []),
    ...alphaNotice('JPEG', raster),
    ...unrecordedNotice('JPEG', raster, record),
  ];
  let bytes = await encodePixels(
    { width, height, bands, samples },
    { format: 'jpeg', quality: settings.quality },
  );
  const { icc, exif } = raster;
  if (icc && profileFits(icc, raster.channels)) {
    bytes = await withMetadata('colour profile', notices, bytes, (file) =>
      insert(file, profileSegments(icc)),
    );
  }
  if (exif) {
    const payload = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif]);
    bytes = await withMetadata('EXIF data', notices, bytes, (file) => insert(file, [segment(0xe1, payload)]));
  }
  return { bytes, clampedPixels, notices };
}

/** A segment's length field counts itself and has 16 bits. */
const mostPayload = 65533;

function segment(marker: number, payload: Uint8Array): Uint8Array {
  if (payload.length > mostPayload)
    throw new RangeError(`${payload.length} bytes do not fit into a JPEG segment`);
  const bytes = Buffer.alloc(4 + payload.length);
  bytes.writeUInt16BE(0xff00 + marker, 0);
  bytes.writeUInt16BE(payload.length + 2, 2);
  bytes.set(payload, 4);
  return bytes;
}

/** ICC.1:2022, annex B.4: the profile in numbered parts. */
function profileSegments(icc: Uint8Array): Uint8Array[] {
  const identifier = Buffer.from('ICC_PROFILE\0', 'latin1');
  const partBytes = mostPayload - identifier.length - 2;
  const parts = Math.ceil(icc.length / partBytes);
  if (parts > 255) throw new RangeError('the colour profile is too long for JPEG');
  return Array.from({ length: parts }, (_, part) =>
    segment(
      0xe2,
      Buffer.concat([
        identifier,
        Uint8Array.of(part + 1, parts),
        icc.subarray(part * partBytes, (part + 1) * partBytes),
      ]),
    ),
  );
}

/** Right after the start marker; an encoder's JFIF segment may follow, readers accept either order. */
function insert(jpegBytes: Uint8Array, segments: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([jpegBytes.subarray(0, 2), ...segments, jpegBytes.subarray(2)]);
}
