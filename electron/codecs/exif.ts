import {
  type Directory,
  directoryBytes,
  type Entry,
  numberEntry,
  numbersOf,
  readDirectory,
  readTiffHeader,
  writeDirectory,
} from './ifd';

/** EXIF is carried as the bare TIFF structure, without the "Exif\0\0" that JPEG puts before it. */
export interface ReadExif {
  /** 1…8; 1 when the block says nothing sensible. */
  readonly orientation: number;
  /** The block with its orientation reset and its thumbnail unhooked (it would show the old picture). */
  readonly block: Uint8Array | null;
}

const orientationTag = 274;
const exifPointer = 34665;
const gpsPointer = 34853;
/** Its offsets are private to the camera maker and would dangle anywhere else. */
const makerNote = 37500;
const interoperabilityPointer = 40965;

/** Description, maker, model, resolution, software, date, artist, copyright: what may move to another file. */
const movableTags = new Set([271, 272, 282, 283, 296, 305, 306, 315, 33432]);

function withoutExifPrefix(bytes: Uint8Array): Uint8Array {
  const prefixed = Buffer.from(bytes.subarray(0, 6)).toString('latin1') === 'Exif\0\0';
  return prefixed ? bytes.subarray(6) : bytes;
}

/** Never throws: a block that cannot be read is left out. */
export function readExif(found: Uint8Array | null): ReadExif {
  const none: ReadExif = { orientation: 1, block: null };
  if (!found) return none;
  const block = new Uint8Array(withoutExifPrefix(found));
  const header = readTiffHeader(block);
  if (!header || header.big) return none;
  try {
    const { directory } = readDirectory(block, header, header.firstDirectory);
    const view = new DataView(block.buffer);
    const end = header.firstDirectory + 2 + view.getUint16(header.firstDirectory, header.littleEndian) * 12;
    view.setUint32(end, 0, header.littleEndian);
    const entry = directory.get(orientationTag);
    if (entry?.type !== 3 || entry.count !== 1) return { orientation: 1, block };
    const orientation = numbersOf(entry)[0]!;
    // The entry's bytes are a view on the block.
    new DataView(entry.bytes.buffer, entry.bytes.byteOffset).setUint16(0, 1, header.littleEndian);
    return { orientation: orientation >= 1 && orientation <= 8 ? orientation : 1, block };
  } catch (thrown) {
    if (thrown instanceof RangeError) return none;
    throw thrown;
  }
}

/** What of an EXIF block or a TIFF file can stand in another file. */
export interface MovableExif {
  readonly image: readonly Entry[];
  readonly exif: readonly Entry[];
  readonly gps: readonly Entry[];
}

/** @throws RangeError when the structure points outside itself */
export function movableExif(bytes: Uint8Array, first?: Directory): MovableExif {
  const header = readTiffHeader(bytes);
  if (!header) throw new RangeError('not a TIFF structure');
  const main = first ?? readDirectory(bytes, header, header.firstDirectory).directory;
  const sub = (tag: number, leaveOut: readonly number[]): Entry[] => {
    const pointer = main.get(tag);
    if (!pointer) return [];
    const { directory } = readDirectory(bytes, header, numbersOf(pointer)[0]!);
    return [...directory.values()].filter((entry) => !leaveOut.includes(entry.tag));
  };
  return {
    image: [...main.values()].filter((entry) => movableTags.has(entry.tag)),
    exif: sub(exifPointer, [makerNote, interoperabilityPointer]),
    gps: sub(gpsPointer, []),
  };
}

/** The entries as directories from `offset` of a file on, main directory first; `more` joins the main one. */
export function writeMovableExif(from: MovableExif, offset: number, more: readonly Entry[] = []): Uint8Array {
  const names = new Set(more.map((entry) => entry.tag));
  const main = [...more, ...from.image.filter((entry) => !names.has(entry.tag))];
  const subs = [
    { tag: exifPointer, entries: from.exif },
    { tag: gpsPointer, entries: from.gps },
  ].filter(({ entries }) => entries.length > 0);
  const placeholder = subs.map(({ tag }) => numberEntry(tag, 4, [0]));
  let at = offset + directoryBytes([...main, ...placeholder]);
  const pointers: Entry[] = [];
  const written: Uint8Array[] = [];
  for (const { tag, entries } of subs) {
    pointers.push(numberEntry(tag, 4, [at]));
    written.push(writeDirectory(entries, at));
    at += directoryBytes(entries);
  }
  return Buffer.concat([writeDirectory([...main, ...pointers], offset), ...written]);
}

/** A block of its own from a TIFF file's entries; null when there is nothing to tell. */
export function exifBlockOf(from: MovableExif): Uint8Array | null {
  if (from.image.length + from.exif.length + from.gps.length === 0) return null;
  return Buffer.concat([tiffSignature(8), writeMovableExif(from, 8)]);
}

export function tiffSignature(firstDirectory: number): Uint8Array {
  const bytes = Buffer.from('II*\0\0\0\0\0', 'latin1');
  bytes.writeUInt32LE(firstDirectory, 4);
  return bytes;
}
