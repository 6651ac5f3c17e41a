import type { StoredImage } from './assemble';
import { readExif } from './exif';
import { checkSize, unsupported } from './faults';
import { interleaved } from './layout';
import type { ScaleRecord } from './scale-record';
import { decodePixels, storesPlainColours, type VipsHeader } from './vips';

/** Reads the picture formats that libvips decodes exactly: size check first, then pixels, then what they mean. */
export async function readPicture(
  format: string,
  bytes: Uint8Array,
  header: VipsHeader,
  record: ScaleRecord | null,
): Promise<StoredImage> {
  checkSize(format, header);
  const converted = !storesPlainColours(header);
  const pixels = await decodePixels(format, bytes, header);
  const bands = pixels.bands;
  if (bands < 1 || bands > 4) {
    throw unsupported(
      format,
      `This ${format} file has ${bands} channels per pixel`,
      'Save it as grey or as RGB.',
    );
  }
  const deep = pixels.samples instanceof Uint16Array;
  const exif = readExif(header.exif);
  // Eight-bit grey with alpha arrives as RGB with alpha.
  const grey = header.bands < 3 && !converted;
  return {
    width: pixels.width,
    height: pixels.height,
    samples: pixels.samples,
    layout: interleaved(pixels.width, bands),
    colourBands: grey || bands < 3 ? 1 : 3,
    alpha: bands % 2 === 0 ? { band: bands - 1, opaque: deep ? 65535 : 255, premultiplied: false } : null,
    storage: deep ? 'u16' : 'u8',
    orientation: exif.orientation,
    record,
    icc: converted ? null : header.icc,
    exif: exif.block,
    greyAsColour: header.isPalette,
    notices: noticesOf(header, converted),
  };
}

function noticesOf(header: VipsHeader, converted: boolean): string[] {
  const notices: string[] = [];
  if (converted) {
    const colours = header.space.toUpperCase();
    notices.push(
      header.icc
        ? `Its ${colours} colours were converted to sRGB through its colour profile.`
        : `Its ${colours} colours were converted to sRGB through a common profile, as it has none of its own.`,
    );
  }
  if (header.pages > 1) notices.push(`It holds ${header.pages} pictures; the first one was read.`);
  const bits = header.bitsPerSample;
  if (bits !== null && bits < 8 && !header.isPalette) {
    notices.push(`Its ${bits}-bit values were scaled to 0…255.`);
  }
  return notices;
}
