import type { SidelightError } from '../contract/errors';
import type { ExportSettings } from '../contract/recipe';
import type { Raster } from '../raster/raster';
import { assemble } from './assemble';
import { startsWith } from './bytes';
import type { Codec, EncodedImage } from './codec';
import { movableExif } from './exif';
import { unsupported } from './faults';
import { profileFits } from './profile';
import { interleaveFloats, quantise } from './quantise';
import { formatScaleRecord, isPlain, parseScaleRecord, type ScaleRecord } from './scale-record';
import { readPicture } from './stored-picture';
import { readFields, type TiffFields } from './tiff-fields';
import { readExactly, readsExactly } from './tiff-read';
import { noExif, writeTiff } from './tiff-write';
import { readHeader } from './vips';

/** TIFF and BigTIFF: integers and floats exactly; CMYK, Lab, 1-bit and JPEG-packed pages through libvips. */
export const tiff: Codec = {
  id: 'tiff',
  title: 'TIFF',
  extensions: ['tif', 'tiff'],
  lossy: false,
  writes: ['u8', 'u16', 'f32'],
  recognises: (head) =>
    startsWith(head, 'II*\0') ||
    startsWith(head, 'MM\0*') ||
    startsWith(head, [0x49, 0x49, 0x2b, 0]) ||
    startsWith(head, [0x4d, 0x4d, 0, 0x2b]),
  async decode(bytes) {
    const fields = readFields(bytes);
    if (readsExactly(fields)) return assemble(await readExactly(bytes, fields));
    const header = await readHeader('TIFF', bytes).catch((cause: unknown) => {
      throw unsupportedKind(fields, cause);
    });
    const stored = await readPicture('TIFF', bytes, header, parseScaleRecord(fields.description));
    return assemble({ ...stored, orientation: fields.orientation });
  },
  encode,
};

/** The file's structure is sound, as its fields were read: it is a kind of TIFF that neither reader takes. */
function unsupportedKind({ compression, photometric, bits }: TiffFields, cause: unknown): SidelightError {
  return unsupported(
    'TIFF',
    `This TIFF file uses compression ${compression}, photometric interpretation ${photometric} and ${bits.join('/')} bits, which Sidelight does not read`,
    'Save it as 8-bit, 16-bit or 32-bit float TIFF with LZW, deflate or no compression.',
    cause,
  );
}

async function encode(raster: Raster, settings: ExportSettings): Promise<EncodedImage> {
  const { width, height, alpha, channels } = raster;
  const float = settings.sampleType === 'f32';
  const coded = float ? null : quantise(raster, settings, { alpha: 'keep' });
  const { samples, bands } = coded ?? interleaveFloats(raster, true);
  const record = coded ? coded.record : floatRecord(raster);
  const notices: string[] = [];
  const icc = raster.icc && profileFits(raster.icc, channels) ? raster.icc : null;
  const description = record ? formatScaleRecord(record) : null;
  const picture = { width, height, samples, bands, hasAlpha: alpha !== null, description, icc };
  const bytes = await writeTiff(picture, exifFor(raster, notices));
  return { bytes, clampedPixels: coded?.clampedPixels ?? 0, notices };
}

/** Floats are never scaled; only their unit needs saying. */
function floatRecord({ unit }: Raster): ScaleRecord | null {
  const record: ScaleRecord = { scale: 1, offset: 0, unit, zeroIsUnknown: false };
  return isPlain(record) ? null : record;
}

function exifFor({ exif }: Raster, notices: string[]) {
  if (!exif) return noExif;
  try {
    return movableExif(exif);
  } catch {
    notices.push('The EXIF data could not be written into the file; its pixels are complete.');
    return noExif;
  }
}
