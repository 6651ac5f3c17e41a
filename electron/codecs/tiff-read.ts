import type { Samples, StoredImage } from './assemble';
import { exifBlockOf, movableExif } from './exif';
import { damaged, unsupported } from './faults';
import { halfToFloat } from './half';
import { numbersOf } from './ifd';
import { interleaved, planar } from './layout';
import { parseScaleRecord } from './scale-record';
import {
  compressions,
  mostBytesPerPackedByte,
  undoDifferences,
  undoFloatDifferences,
  unpack,
} from './tiff-compression';
import { photometrics, sampleFormats, type TiffFields, tags } from './tiff-fields';

/**
 * Whether this reader takes the file: whole-byte samples, uncompressed, LZW, deflate or PackBits. It exists because
 * libvips reads no 64-bit floats, converts float colours, and rounds what does not fit its own kinds.
 */
export function readsExactly(fields: TiffFields): boolean {
  const { bits, bands, photometric, compression, reversedBits } = fields;
  const depth = bits[0]!;
  return (
    bits.every((each) => each === depth) &&
    [8, 16, 32, 64].includes(depth) &&
    (Object.values(compressions) as number[]).includes(compression) &&
    !reversedBits &&
    (photometric === photometrics.palette
      ? bands === 1 && depth === 8
      : photometric <= photometrics.rgb && bands >= 1 && bands <= 32)
  );
}

/** @throws SidelightError image-damaged, format-unsupported */
export async function readExactly(bytes: Uint8Array, fields: TiffFields): Promise<StoredImage> {
  const { width, height, photometric, bands } = fields;
  const samples = await readSamples(bytes, fields);
  const palette = photometric === photometrics.palette ? readPalette(fields) : null;
  const kept = keptBands(fields);
  const notices: string[] = [];
  if (fields.morePages) notices.push('It holds several pages; the first one was read.');
  if (kept.leftOut > 0) notices.push(`It has ${bands} channels per pixel; ${kept.leftOut} were left out.`);
  if (photometric === photometrics.whiteIsZero) invert(samples);
  return {
    width,
    height,
    samples: palette ? throughPalette(samples, palette) : samples,
    layout: palette
      ? interleaved(width, 3)
      : fields.planar
        ? planar({ width, height })
        : interleaved(width, bands),
    colourBands: palette ? 3 : kept.colour,
    alpha: kept.alpha,
    storage: storageOf(fields),
    orientation: fields.orientation,
    record: parseScaleRecord(fields.description),
    icc: copied(fields.directory.get(tags.icc)?.bytes),
    exif: exifOf(bytes, fields),
    greyAsColour: palette !== null,
    notices,
  };
}

function storageOf({ bits, sampleFormats: [format] }: TiffFields): StoredImage['storage'] {
  if (format === sampleFormats.float) return 'f32';
  if (format === sampleFormats.unsigned && bits[0] === 8) return 'u8';
  return format === sampleFormats.unsigned && bits[0] === 16 ? 'u16' : 'integer';
}

function keptBands({ bands, bits, photometric, extraSamples, sampleFormats: [format] }: TiffFields): {
  colour: 1 | 3;
  alpha: StoredImage['alpha'];
  leftOut: number;
} {
  const colour = bands >= 3 && (photometric === photometrics.rgb || bands === 3) ? 3 : 1;
  const extra = bands - colour;
  // 1 is alpha with premultiplied colours, 2 straight alpha; unnamed, a fourth channel is alpha by custom.
  const kind = extraSamples[0] ?? 0;
  const isAlpha = extra > 0 && (kind === 1 || kind === 2 || extra === 1);
  const opaque = format === sampleFormats.float ? 1 : 2 ** bits[0]! - 1;
  return {
    colour,
    alpha: isAlpha ? { band: colour, opaque, premultiplied: kind === 1 } : null,
    leftOut: extra - (isAlpha ? 1 : 0),
  };
}

function exifOf(bytes: Uint8Array, fields: TiffFields): Uint8Array | null {
  try {
    return exifBlockOf(movableExif(bytes, fields.directory));
  } catch (thrown) {
    // Metadata that points nowhere is no reason to refuse the pixels.
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

async function readSamples(bytes: Uint8Array, fields: TiffFields): Promise<Samples> {
  const { width, height, bands, segment, offsets, byteCounts, compression } = fields;
  const sampleBytes = fields.bits[0]! / 8;
  const planes = fields.planar ? bands : 1;
  const pixelBytes = sampleBytes * (fields.planar ? 1 : bands);
  const total = width * height * bands * sampleBytes;
  const packed = byteCounts.reduce((sum, count) => sum + count, 0);
  const mostUnpacked = packed * (compression === compressions.none ? 1 : mostBytesPerPackedByte);
  if (mostUnpacked < total) throw damaged('TIFF', 'most of its pixels are missing');
  const whole = new Uint8Array(total);
  const across = Math.ceil(width / segment.width);
  const down = Math.ceil(height / segment.height);
  const tiled = segment.width !== width || fields.directory.has(tags.tileOffsets);
  for (let index = 0; index < across * down * planes; index += 1) {
    const plane = Math.floor(index / (across * down));
    const left = (index % across) * segment.width;
    const top = Math.floor((index % (across * down)) / across) * segment.height;
    // The last strip may be short; tiles are always whole.
    const rows = tiled ? segment.height : Math.min(segment.height, height - top);
    const offset = offsets[index]!;
    const part = bytes.subarray(offset, offset + byteCounts[index]!);
    const unpacked = await unpack(part, compression, rows * segment.width * pixelBytes);
    const samples = toNative(unpacked, unpacked.buffer !== bytes.buffer, fields);
    const rowBytes = Math.min(segment.width, width - left) * pixelBytes;
    for (let y = 0; y < Math.min(rows, height - top); y += 1) {
      const from = y * segment.width * pixelBytes;
      const to = ((plane * height + top + y) * width + left) * pixelBytes;
      whole.set(samples.subarray(from, from + rowBytes), to);
    }
  }
  return typed(whole, fields);
}

/** Byte order and prediction undone, in place when the bytes are not the file's own. */
function toNative(part: Uint8Array, own: boolean, fields: TiffFields): Uint8Array {
  const { predictor, segment, planar, bands } = fields;
  const sampleBytes = fields.bits[0]! / 8;
  const swaps = !fields.header.littleEndian && sampleBytes > 1 && predictor !== 3;
  if (predictor === 1 && !swaps) return part;
  const aligned = own && part.byteOffset % sampleBytes === 0;
  const bytes = aligned
    ? Buffer.from(part.buffer, part.byteOffset, part.byteLength)
    : Buffer.from(new Uint8Array(part).buffer);
  if (swaps && sampleBytes === 2) bytes.swap16();
  if (swaps && sampleBytes === 4) bytes.swap32();
  if (swaps && sampleBytes === 8) bytes.swap64();
  const step = planar ? 1 : bands;
  const rowSamples = segment.width * step;
  if (predictor === 3) {
    undoFloatDifferences(bytes, rowSamples, step, sampleBytes);
  } else if (predictor === 2) {
    const { buffer, byteOffset, byteLength } = bytes;
    if (sampleBytes === 8) throw unsupportedSamples(fields);
    undoDifferences(
      sampleBytes === 1
        ? bytes
        : sampleBytes === 2
          ? new Uint16Array(buffer, byteOffset, byteLength / 2)
          : new Uint32Array(buffer, byteOffset, byteLength / 4),
      rowSamples,
      step,
    );
  } else if (predictor !== 1) {
    throw unsupportedSamples(fields);
  }
  return bytes;
}

function typed({ buffer }: Uint8Array<ArrayBuffer>, fields: TiffFields): Samples {
  switch (`${fields.sampleFormats[0]}:${fields.bits[0]}`) {
    case '1:8':
      return new Uint8Array(buffer);
    case '1:16':
      return new Uint16Array(buffer);
    case '1:32':
      return new Uint32Array(buffer);
    case '2:8':
      return new Int8Array(buffer);
    case '2:16':
      return new Int16Array(buffer);
    case '2:32':
      return new Int32Array(buffer);
    case '3:16':
      return halfToFloat(new Uint16Array(buffer));
    case '3:32':
      return new Float32Array(buffer);
    case '3:64':
      return new Float64Array(buffer);
    default:
      throw unsupportedSamples(fields);
  }
}

function unsupportedSamples({ bits, sampleFormats: [format], predictor }: TiffFields) {
  return unsupported(
    'TIFF',
    `This TIFF file stores ${bits[0]}-bit samples of format ${format} with predictor ${predictor}, which Sidelight does not read`,
    'Save it as 8-bit, 16-bit or 32-bit float TIFF.',
  );
}

function invert(samples: Samples): void {
  if (!(samples instanceof Uint8Array || samples instanceof Uint16Array)) return;
  const most = samples instanceof Uint8Array ? 255 : 65535;
  for (let at = 0; at < samples.length; at += 1) samples[at] = most - samples[at]!;
}

/** Three runs of 256 16-bit values; the upper byte is what 8-bit programs show. */
function readPalette({ directory }: TiffFields): readonly number[] {
  const entry = directory.get(tags.colourMap);
  const map = entry ? numbersOf(entry) : [];
  if (map.length < 3 * 256) throw damaged('TIFF', 'its palette is missing');
  // Some writers store 8-bit values.
  const shift = map.some((value) => value > 255) ? 8 : 0;
  return map.map((value) => value >> shift);
}

function throughPalette(indices: Samples, palette: readonly number[]): Uint8Array {
  const colours = new Uint8Array(indices.length * 3);
  for (let at = 0; at < indices.length; at += 1) {
    for (let band = 0; band < 3; band += 1) colours[at * 3 + band] = palette[band * 256 + indices[at]!]!;
  }
  return colours;
}

/** So that a small profile does not keep the whole file in memory. */
const copied = (bytes: Uint8Array | undefined) => (bytes ? new Uint8Array(bytes) : null);
