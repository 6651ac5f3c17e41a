import { type StoredImage, samplesOnly } from './assemble';
import { expandRuns } from './bmp-runs';
import { checkSize, damaged, unsupported } from './faults';
import { bottomUp, interleaved } from './layout';

/** Values of the compression field (wingdi.h). */
const plain = 0;
const runs8 = 1;
const runs4 = 2;
const bitFields = 3;
const alphaBitFields = 6;

interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bits: number;
  readonly compression: number;
  readonly dataOffset: number;
  /** Where the palette or the bit masks lie, entry size in bytes and number. */
  readonly paletteOffset: number;
  readonly paletteEntryBytes: number;
  readonly paletteEntries: number;
  readonly masks: readonly [red: number, green: number, blue: number, alpha: number];
}

/** Headers of 12 (OS/2) and 40 to 124 bytes; 1, 4, 8, 16, 24 and 32 bits; plain, bit fields, run lengths. */
export function readBmp(bytes: Uint8Array): StoredImage {
  try {
    const header = readHeader(bytes);
    checkSize('BMP', header);
    return header.bits <= 8 ? readIndexed(bytes, header) : readDirect(bytes, header);
  } catch (thrown) {
    // DataView's way to say that the file is shorter than it claims.
    if (thrown instanceof RangeError) throw damaged('BMP', 'it ends in the middle', thrown);
    throw thrown;
  }
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function readHeader(bytes: Uint8Array): BmpHeader {
  const view = viewOf(bytes);
  const headerBytes = view.getUint32(14, true);
  const dataOffset = view.getUint32(10, true);
  if (headerBytes === 12) {
    const bits = view.getUint16(24, true);
    return {
      width: view.getUint16(18, true),
      height: view.getUint16(20, true),
      topDown: false,
      bits: checkBits(bits, plain),
      compression: plain,
      dataOffset,
      paletteOffset: 26,
      paletteEntryBytes: 3,
      paletteEntries: 2 ** Math.min(bits, 8),
      masks: defaultMasks(bits),
    };
  }
  if (headerBytes < 40 || headerBytes > 1000) throw damaged('BMP', 'its header cannot be read');
  const storedHeight = view.getInt32(22, true);
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  checkBits(bits, compression);
  const stored = view.getUint32(46, true);
  const masked = compression === bitFields || compression === alphaBitFields;
  return {
    width: Math.max(0, view.getInt32(18, true)),
    height: Math.abs(storedHeight),
    topDown: storedHeight < 0,
    bits,
    compression,
    dataOffset,
    paletteOffset: 14 + headerBytes,
    paletteEntryBytes: 4,
    paletteEntries: bits > 8 ? 0 : Math.min(stored || 2 ** bits, 2 ** bits),
    masks: masked ? readMasks(view, compression === alphaBitFields || headerBytes >= 56) : defaultMasks(bits),
  };
}

function checkBits(bits: number, compression: number): number {
  const known =
    (compression === plain && [1, 4, 8, 16, 24, 32].includes(bits)) ||
    (compression === runs8 && bits === 8) ||
    (compression === runs4 && bits === 4) ||
    ((compression === bitFields || compression === alphaBitFields) && (bits === 16 || bits === 32));
  if (!known) {
    throw unsupported(
      'BMP',
      `This BMP file stores ${bits} bits per pixel with compression ${compression}, which Sidelight does not read`,
      'Save it as 24-bit BMP or as PNG.',
    );
  }
  return bits;
}

function readMasks(view: DataView, alpha: boolean): BmpHeader['masks'] {
  const mask = (index: number) => view.getUint32(54 + index * 4, true);
  return [mask(0), mask(1), mask(2), alpha ? mask(3) : 0];
}

function defaultMasks(bits: number): BmpHeader['masks'] {
  // The fourth byte of plain 32-bit pixels is reserved, and often 0: it is no alpha.
  return bits === 16 ? [0x7c00, 0x3e0, 0x1f, 0] : [0xff0000, 0xff00, 0xff, 0];
}

function rowBytesOf({ width, bits }: BmpHeader): number {
  return Math.ceil((width * bits) / 32) * 4;
}

function readIndexed(bytes: Uint8Array, header: BmpHeader): StoredImage {
  const { width, height, bits, paletteOffset, paletteEntryBytes, paletteEntries } = header;
  const run = header.compression === runs8 || header.compression === runs4;
  // A pair of bytes stands for 255 pixels at most.
  if (run && width * height > bytes.length * 255) throw damaged('BMP', 'most of its pixels are missing');
  const rows = run ? null : pixelRows(bytes, header);
  const indices = run
    ? expandRuns(bytes.subarray(header.dataOffset), width, height, bits === 4)
    : unpack(rows!, width, height, bits, rowBytesOf(header));
  const palette = bytes.subarray(paletteOffset, paletteOffset + paletteEntries * paletteEntryBytes);
  if (palette.length < paletteEntries * paletteEntryBytes) throw new RangeError('palette beyond the end');
  const samples = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < indices.length; pixel += 1) {
    const entry = indices[pixel]!;
    if (entry >= paletteEntries)
      throw damaged('BMP', 'a pixel names a colour that its palette does not have');
    for (let band = 0; band < 3; band += 1)
      samples[pixel * 3 + band] = palette[entry * paletteEntryBytes + 2 - band]!;
  }
  return stored(header, samples, 3, true);
}

function pixelRows(bytes: Uint8Array, header: BmpHeader): Uint8Array {
  const length = rowBytesOf(header) * header.height;
  if (header.dataOffset + length > bytes.length) throw damaged('BMP', 'it ends in the middle');
  return bytes.subarray(header.dataOffset, header.dataOffset + length);
}

function unpack(rows: Uint8Array, width: number, height: number, bits: number, rowBytes: number): Uint8Array {
  const indices = new Uint8Array(width * height);
  const mask = 2 ** bits - 1;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const bit = x * bits;
      indices[y * width + x] = (rows[y * rowBytes + (bit >> 3)]! >> (8 - bits - (bit & 7))) & mask;
    }
  }
  return indices;
}

function readDirect(bytes: Uint8Array, header: BmpHeader): StoredImage {
  const { width, height, bits, masks } = header;
  const rows = pixelRows(bytes, header);
  const view = viewOf(rows);
  const rowBytes = rowBytesOf(header);
  const bands = masks[3] === 0 ? 3 : 4;
  const samples = new Uint8Array(width * height * bands);
  const channels = masks.slice(0, bands).map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { mask, shift, scale: mask === 0 ? 0 : 255 / (mask >>> shift) };
  });
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * rowBytes + (x * bits) / 8;
      if (bits === 24) {
        samples[to] = rows[at + 2]!;
        samples[to + 1] = rows[at + 1]!;
        samples[to + 2] = rows[at]!;
        to += 3;
        continue;
      }
      const pixel = bits === 16 ? view.getUint16(at, true) : view.getUint32(at, true);
      for (const { mask, shift, scale } of channels) {
        samples[to] = Math.round(((pixel & mask) >>> shift) * scale);
        to += 1;
      }
    }
  }
  return stored(header, samples, bands, false);
}

/** Some programs declare alpha and leave it 0 everywhere: nobody means a picture that cannot be seen. */
function hasAlpha(samples: Uint8Array): boolean {
  for (let at = 3; at < samples.length; at += 4) if (samples[at] !== 0) return true;
  return false;
}

function stored(header: BmpHeader, samples: Uint8Array, bands: number, fromPalette: boolean): StoredImage {
  const { width, height, topDown } = header;
  const layout = interleaved(width, bands);
  return {
    ...samplesOnly,
    width,
    height,
    samples,
    layout: topDown ? layout : bottomUp(layout, height),
    colourBands: 3,
    alpha: bands === 4 && hasAlpha(samples) ? { band: 3, opaque: 255, premultiplied: false } : null,
    storage: 'u8',
    greyAsColour: fromPalette,
  };
}
