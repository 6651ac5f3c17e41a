import { checkSize, damaged, unsupported } from './faults';
import { type Directory, numbersOf, readDirectory, readTiffHeader, type TiffHeader, textOf } from './ifd';

export const tags = {
  subfileType: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  description: 270,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  planarConfiguration: 284,
  software: 305,
  predictor: 317,
  colourMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  extraSamples: 338,
  sampleFormat: 339,
  icc: 34675,
  dngVersion: 50706,
} as const;

export const photometrics = { whiteIsZero: 0, blackIsZero: 1, rgb: 2, palette: 3 } as const;
export const sampleFormats = { unsigned: 1, signed: 2, float: 3 } as const;

/** What the first page of a TIFF file says about itself. */
export interface TiffFields {
  readonly header: TiffHeader;
  readonly directory: Directory;
  readonly width: number;
  readonly height: number;
  readonly bits: readonly number[];
  readonly bands: number;
  readonly sampleFormats: readonly number[];
  readonly compression: number;
  readonly photometric: number;
  readonly predictor: number;
  readonly planar: boolean;
  readonly orientation: number;
  readonly extraSamples: readonly number[];
  readonly description: string;
  /** Strips are tiles as wide as the picture. */
  readonly segment: { readonly width: number; readonly height: number };
  readonly offsets: readonly number[];
  readonly byteCounts: readonly number[];
  readonly morePages: boolean;
  readonly reversedBits: boolean;
}

/** @throws SidelightError image-damaged, image-empty, image-too-large, format-unsupported */
export function readFields(bytes: Uint8Array): TiffFields {
  const header = readTiffHeader(bytes);
  if (!header) throw damaged('TIFF', 'its header cannot be read');
  let directory: Directory;
  let next: number;
  try {
    ({ directory, next } = readDirectory(bytes, header, header.firstDirectory));
  } catch (thrown) {
    if (thrown instanceof RangeError) throw damaged('TIFF', 'its directory lies beyond its end', thrown);
    throw thrown;
  }
  refusePreview(directory);
  const list = (tag: number, otherwise: readonly number[]) => {
    const entry = directory.get(tag);
    const numbers = entry ? numbersOf(entry) : [];
    return numbers.length > 0 ? numbers : otherwise;
  };
  const single = (tag: number, otherwise: number) => list(tag, [otherwise])[0]!;
  const width = single(tags.width, 0);
  const height = single(tags.height, 0);
  checkSize('TIFF', { width, height });
  const bands = single(tags.samplesPerPixel, 1);
  const tiled = directory.has(tags.tileOffsets);
  const description = directory.get(tags.description);
  const fields: TiffFields = {
    header,
    directory,
    width,
    height,
    bits: list(tags.bitsPerSample, [1]),
    bands,
    sampleFormats: list(tags.sampleFormat, [sampleFormats.unsigned]),
    compression: single(tags.compression, 1),
    photometric: single(tags.photometric, photometrics.blackIsZero),
    predictor: single(tags.predictor, 1),
    planar: bands > 1 && single(tags.planarConfiguration, 1) === 2,
    orientation: single(tags.orientation, 1),
    extraSamples: list(tags.extraSamples, []),
    description: description ? textOf(description) : '',
    segment: tiled
      ? { width: single(tags.tileWidth, 0), height: single(tags.tileHeight, 0) }
      : { width, height: Math.min(height, single(tags.rowsPerStrip, height)) },
    offsets: list(tiled ? tags.tileOffsets : tags.stripOffsets, []),
    byteCounts: list(tiled ? tags.tileBytes : tags.stripBytes, []),
    morePages: next !== 0,
    reversedBits: single(tags.fillOrder, 1) === 2,
  };
  checkSegments(bytes, fields);
  return fields;
}

/** Camera raw files begin with a small preview that must not pass for the photo. */
function refusePreview(directory: Directory): void {
  const type = directory.get(tags.subfileType);
  const isPreview = type !== undefined && ((numbersOf(type)[0] ?? 0) & 1) === 1;
  if (!isPreview && !directory.has(tags.dngVersion)) return;
  throw unsupported(
    'TIFF',
    'This is a camera raw file: its first page is only a preview',
    'Develop it to TIFF or PNG first.',
  );
}

function checkSegments(
  bytes: Uint8Array,
  { width, height, segment, planar, bands, offsets, byteCounts }: TiffFields,
) {
  const whole = Number.isInteger(segment.width) && Number.isInteger(segment.height);
  if (!whole || segment.width < 1 || segment.height < 1 || segment.width * segment.height > 2 ** 31) {
    throw damaged('TIFF', 'its strips or tiles have no size');
  }
  const needed = Math.ceil(width / segment.width) * Math.ceil(height / segment.height) * (planar ? bands : 1);
  if (offsets.length < needed || byteCounts.length < needed)
    throw damaged('TIFF', 'strips or tiles are missing');
  for (let index = 0; index < needed; index += 1) {
    const end = offsets[index]! + byteCounts[index]!;
    if (!(byteCounts[index]! > 0) || !(end <= bytes.length)) throw damaged('TIFF', 'it ends in the middle');
  }
}
