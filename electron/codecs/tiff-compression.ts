import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { damaged } from './faults';

/** Values of the compression field that are decoded here. */
export const compressions = { none: 1, lzw: 5, deflate: 8, packBits: 32773, oldDeflate: 32946 } as const;

/** No scheme here packs more than this into a byte (LZW: codes of 9 bits or more for up to 4 096 bytes). */
export const mostBytesPerPackedByte = 4096;

const inflateAsync = promisify(inflate);

/** A strip or tile unpacked to exactly `size` bytes. @throws SidelightError image-damaged when it holds less */
export async function unpack(packed: Uint8Array, compression: number, size: number): Promise<Uint8Array> {
  let bytes: Uint8Array;
  switch (compression) {
    case compressions.none:
      bytes = packed;
      break;
    case compressions.lzw:
      bytes = unpackLzw(packed, size);
      break;
    case compressions.packBits:
      bytes = unpackPackBits(packed, size);
      break;
    default:
      bytes = await inflateAsync(packed, { maxOutputLength: Math.max(64, size) }).catch((cause: unknown) => {
        throw damaged('TIFF', 'a part of its pixels cannot be unpacked', cause);
      });
  }
  if (bytes.length < size) throw damaged('TIFF', 'a part of its pixels is missing');
  return bytes.subarray(0, size);
}

/** TIFF 6.0, section 9. */
function unpackPackBits(packed: Uint8Array, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let to = 0;
  let from = 0;
  while (to < size && from < packed.length) {
    const control = packed[from]!;
    from += 1;
    if (control < 128) {
      const literal = packed.subarray(from, Math.min(from + control + 1, from + size - to));
      bytes.set(literal, to);
      to += literal.length;
      from += control + 1;
    } else if (control > 128) {
      const end = Math.min(size, to + 257 - control);
      bytes.fill(packed[from] ?? 0, to, end);
      to = end;
      from += 1;
    }
  }
  return bytes.subarray(0, to);
}

const clearCode = 256;
const endCode = 257;
const firstFree = 258;

/**
 * TIFF 6.0, section 13: codes of 9 to 12 bits, most significant bit first, widening one code early. Each table entry
 * is the place of its string in the output: a string is its predecessor's plus the byte that follows there.
 */
function unpackLzw(packed: Uint8Array, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  const starts = new Uint32Array(4097);
  const lengths = new Uint16Array(4097);
  let to = 0;
  let free = firstFree;
  let width = 9;
  let previousStart = -1;
  let previousLength = 0;
  let held = 0;
  let heldBits = 0;
  for (let from = 0; to < size; ) {
    while (heldBits < width && from < packed.length) {
      held = ((held << 8) | packed[from]!) & 0xffffff;
      from += 1;
      heldBits += 8;
    }
    if (heldBits < width) break;
    const code = (held >> (heldBits - width)) & ((1 << width) - 1);
    heldBits -= width;
    if (code === endCode) break;
    if (code === clearCode) {
      free = firstFree;
      width = 9;
      previousStart = -1;
      continue;
    }
    const start = to;
    if (code < 256) {
      bytes[to] = code;
      to += 1;
    } else {
      const known = code < free;
      if (previousStart < 0 || (!known && code !== free))
        throw damaged('TIFF', 'its LZW codes make no sense');
      const source = known ? starts[code]! : previousStart;
      const length = known ? lengths[code]! : previousLength + 1;
      const end = Math.min(size, to + length);
      // Byte by byte: the new string may reach into what is being written.
      for (let at = source; to < end; at += 1, to += 1) bytes[to] = bytes[at]!;
    }
    if (previousStart >= 0 && free < 4096) {
      starts[free] = previousStart;
      lengths[free] = previousLength + 1;
      free += 1;
    }
    previousStart = start;
    previousLength = to - start;
    if (free + 1 >= 1 << width && width < 12) width += 1;
  }
  return bytes.subarray(0, to);
}

/** Undoes horizontal differencing (TIFF 6.0, section 14) on samples in this machine's byte order. */
export function undoDifferences(
  samples: Uint8Array | Uint16Array | Uint32Array,
  rowSamples: number,
  bands: number,
): void {
  for (let row = 0; row + rowSamples <= samples.length; row += rowSamples) {
    for (let at = row + bands; at < row + rowSamples; at += 1)
      samples[at] = samples[at]! + samples[at - bands]!;
  }
}

/**
 * Undoes the floating-point predictor (Adobe TIFF technical note 3): a row holds all most significant bytes first,
 * then the next ones, each byte as the difference from the one `bands` before it. Result in little-endian order.
 */
export function undoFloatDifferences(
  bytes: Uint8Array,
  rowSamples: number,
  bands: number,
  sampleBytes: number,
): void {
  const rowBytes = rowSamples * sampleBytes;
  const planes = new Uint8Array(rowBytes);
  for (let row = 0; row + rowBytes <= bytes.length; row += rowBytes) {
    for (let at = row + bands; at < row + rowBytes; at += 1) bytes[at] = bytes[at]! + bytes[at - bands]!;
    planes.set(bytes.subarray(row, row + rowBytes));
    for (let sample = 0; sample < rowSamples; sample += 1) {
      for (let byte = 0; byte < sampleBytes; byte += 1) {
        bytes[row + sample * sampleBytes + sampleBytes - 1 - byte] = planes[byte * rowSamples + sample]!;
      }
    }
  }
}
