/**
 * Image file directories: the structure that TIFF files and EXIF blocks share (TIFF 6.0, section 2; BigTIFF).
 * A structure is read defensively: every offset and count is checked against the bytes there are.
 */
export interface TiffHeader {
  readonly littleEndian: boolean;
  /** BigTIFF: 64-bit offsets. */
  readonly big: boolean;
  readonly firstDirectory: number;
}

export interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** The values, in the byte order named. */
  readonly bytes: Uint8Array;
  readonly littleEndian: boolean;
}

export type Directory = ReadonlyMap<number, Entry>;

const bytesPerValue: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
}; // prettier-ignore

/** Bytes that have to be swapped together; rationals are two numbers. */
const unitBytes = (type: number): number => (type === 5 || type === 10 ? 4 : (bytesPerValue[type] ?? 1));

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Null when the bytes do not begin like a TIFF structure. */
export function readTiffHeader(bytes: Uint8Array): TiffHeader | null {
  if (bytes.length < 8) return null;
  const littleEndian = bytes[0] === 0x49 && bytes[1] === 0x49;
  if (!littleEndian && !(bytes[0] === 0x4d && bytes[1] === 0x4d)) return null;
  const view = viewOf(bytes);
  const version = view.getUint16(2, littleEndian);
  if (version === 42) return { littleEndian, big: false, firstDirectory: view.getUint32(4, littleEndian) };
  if (version !== 43 || bytes.length < 16) return null;
  return { littleEndian, big: true, firstDirectory: Number(view.getBigUint64(8, littleEndian)) };
}

/** @throws RangeError when the directory or one of its values lies outside the bytes */
export function readDirectory(
  bytes: Uint8Array,
  { littleEndian, big }: TiffHeader,
  offset: number,
): { directory: Directory; next: number } {
  const view = viewOf(bytes);
  const pointer = (at: number) =>
    big ? Number(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian);
  const count = big ? Number(view.getBigUint64(offset, littleEndian)) : view.getUint16(offset, littleEndian);
  const entryBytes = big ? 20 : 12;
  const inlineBytes = big ? 8 : 4;
  const first = offset + (big ? 8 : 2);
  if (first + count * entryBytes + inlineBytes > bytes.length)
    throw new RangeError('directory beyond the end');
  const directory = new Map<number, Entry>();
  for (let index = 0; index < count; index += 1) {
    const at = first + index * entryBytes;
    const type = view.getUint16(at + 2, littleEndian);
    const values = pointer(at + 4);
    const size = (bytesPerValue[type] ?? 0) * values;
    const from = size <= inlineBytes ? at + entryBytes - inlineBytes : pointer(at + entryBytes - inlineBytes);
    if (from + size > bytes.length) throw new RangeError('value beyond the end');
    const tag = view.getUint16(at, littleEndian);
    directory.set(tag, { tag, type, count: values, bytes: bytes.subarray(from, from + size), littleEndian });
  }
  return { directory, next: pointer(first + count * entryBytes) };
}

/** Whole and floating-point values; rationals as quotients. */
export function numbersOf(entry: Entry): number[] {
  const view = viewOf(entry.bytes);
  const little = entry.littleEndian;
  const size = bytesPerValue[entry.type] ?? 0;
  const read = (at: number): number => {
    switch (entry.type) {
      case 1:
      case 7:
        return view.getUint8(at);
      case 3:
        return view.getUint16(at, little);
      case 4:
      case 13:
        return view.getUint32(at, little);
      case 5:
        return view.getUint32(at, little) / view.getUint32(at + 4, little);
      case 6:
        return view.getInt8(at);
      case 8:
        return view.getInt16(at, little);
      case 9:
        return view.getInt32(at, little);
      case 11:
        return view.getFloat32(at, little);
      case 12:
        return view.getFloat64(at, little);
      case 16:
      case 18:
        return Number(view.getBigUint64(at, little));
      default:
        return Number.NaN;
    }
  };
  return Array.from({ length: size === 0 ? 0 : entry.count }, (_, index) => read(index * size));
}

export function textOf(entry: Entry): string {
  return Buffer.from(entry.bytes).toString('latin1').replace(/\0.*$/s, '');
}

export function numberEntry(tag: number, type: 3 | 4, values: readonly number[]): Entry {
  const bytes = new Uint8Array(values.length * (type === 3 ? 2 : 4));
  const view = viewOf(bytes);
  values.forEach((value, index) => {
    if (type === 3) view.setUint16(index * 2, value, true);
    else view.setUint32(index * 4, value, true);
  });
  return { tag, type, count: values.length, bytes, littleEndian: true };
}

export function textEntry(tag: number, text: string): Entry {
  const bytes = Buffer.from(`${text}\0`, 'latin1');
  return { tag, type: 2, count: bytes.length, bytes, littleEndian: true };
}

export function bytesEntry(tag: number, bytes: Uint8Array): Entry {
  return { tag, type: 7, count: bytes.length, bytes, littleEndian: true };
}

function littleEndianBytes(entry: Entry): Uint8Array {
  if (entry.littleEndian) return entry.bytes;
  const copy = Buffer.from(entry.bytes);
  const unit = unitBytes(entry.type);
  if (unit === 2) copy.swap16();
  if (unit === 4) copy.swap32();
  if (unit === 8) copy.swap64();
  return copy;
}

/** How many bytes `writeDirectory` will take. */
export function directoryBytes(entries: readonly Entry[]): number {
  const overflow = entries.reduce((sum, { bytes }) => sum + (bytes.length > 4 ? even(bytes.length) : 0), 0);
  return 2 + entries.length * 12 + 4 + overflow;
}

const even = (count: number) => count + (count % 2);

/** A classic little-endian directory, to be placed at `offset` of its file, followed by the values it points to. */
export function writeDirectory(entries: readonly Entry[], offset: number): Uint8Array {
  const bytes = new Uint8Array(directoryBytes(entries));
  const view = viewOf(bytes);
  view.setUint16(0, entries.length, true);
  let overflow = 2 + entries.length * 12 + 4;
  [...entries]
    .sort((one, other) => one.tag - other.tag)
    .forEach((entry, index) => {
      const at = 2 + index * 12;
      view.setUint16(at, entry.tag, true);
      view.setUint16(at + 2, entry.type, true);
      view.setUint32(at + 4, entry.count, true);
      const values = littleEndianBytes(entry);
      if (values.length <= 4) {
        bytes.set(values, at + 8);
      } else {
        view.setUint32(at + 8, offset + overflow, true);
        bytes.set(values, overflow);
        overflow += even(values.length);
      }
    });
  return bytes;
}
