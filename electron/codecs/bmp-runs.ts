import { damaged } from './faults';

/**
 * BI_RLE8 and BI_RLE4: pairs (count, value), or (0, n) with n = 0 end of line, 1 end of picture, 2 a jump,
 * n ≥ 3 that many literal indices, padded to two bytes. Pixels that are jumped over keep index 0.
 */
export function expandRuns(bytes: Uint8Array, width: number, height: number, nibbles: boolean): Uint8Array {
  const indices = new Uint8Array(width * height);
  let at = 0;
  let x = 0;
  let y = 0;
  const put = (index: number) => {
    if (x < width && y < height) indices[y * width + x] = index;
    x += 1;
  };
  const pick = (byte: number, step: number) => (nibbles ? (step % 2 === 0 ? byte >> 4 : byte & 15) : byte);
  while (y < height) {
    if (at + 2 > bytes.length) throw damaged('BMP', 'it ends in the middle');
    const count = bytes[at]!;
    const value = bytes[at + 1]!;
    at += 2;
    if (count > 0) {
      for (let step = 0; step < count; step += 1) put(pick(value, step));
    } else if (value === 0) {
      x = 0;
      y += 1;
    } else if (value === 1) {
      return indices;
    } else if (value === 2) {
      if (at + 2 > bytes.length) throw damaged('BMP', 'it ends in the middle');
      x += bytes[at]!;
      y += bytes[at + 1]!;
      at += 2;
    } else {
      const literalBytes = nibbles ? Math.ceil(value / 2) : value;
      if (at + literalBytes > bytes.length) throw damaged('BMP', 'it ends in the middle');
      for (let step = 0; step < value; step += 1) put(pick(bytes[at + (nibbles ? step >> 1 : step)]!, step));
      at += literalBytes + (literalBytes % 2);
    }
  }
  return indices;
}
