import type { ExportSettings } from '../contract/recipe';
import type { Raster } from '../raster/raster';
import { assemble } from './assemble';
import { readBmp } from './bmp-read';
import { startsWith } from './bytes';
import type { Codec, EncodedImage } from './codec';
import { alphaNotice, unrecordedNotice } from './export-notices';
import { quantise } from './quantise';

const headerSizes = [12, 40, 52, 56, 64, 108, 124];

/** Windows bitmap. Written with 8 bits (grey palette) or 24 bits. */
export const bmp: Codec = {
  id: 'bmp',
  title: 'BMP',
  extensions: ['bmp'],
  lossy: false,
  writes: ['u8'],
  // Two letters alone would make a bitmap of every text that begins with them.
  recognises: (head) =>
    startsWith(head, 'BM') && headerSizes.some((size) => startsWith(head, [size, 0, 0, 0], 14)),
  decode: async (bytes) => assemble(readBmp(bytes)),
  encode,
};

const fileHeaderBytes = 14;
const infoHeaderBytes = 40;

async function encode(raster: Raster, settings: ExportSettings): Promise<EncodedImage> {
  const { width, height, channels } = raster;
  const alpha = channels === 3 ? 'onto-white' : 'drop';
  const { samples, clampedPixels, record } = quantise(raster, settings, { alpha });
  const paletteBytes = channels === 1 ? 256 * 4 : 0;
  const rowBytes = Math.ceil((width * channels) / 4) * 4;
  const dataOffset = fileHeaderBytes + infoHeaderBytes + paletteBytes;
  const bytes = Buffer.alloc(dataOffset + rowBytes * height);
  bytes.write('BM', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(dataOffset, 10);
  bytes.writeUInt32LE(infoHeaderBytes, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(channels * 8, 28);
  bytes.writeUInt32LE(rowBytes * height, 34);
  for (let grey = 0; grey < paletteBytes / 4; grey += 1) {
    bytes.fill(grey, 54 + grey * 4, 54 + grey * 4 + 3);
  }
  for (let y = 0; y < height; y += 1) {
    const row = dataOffset + (height - 1 - y) * rowBytes;
    if (channels === 1) {
      bytes.set(samples.subarray(y * width, (y + 1) * width), row);
      continue;
    }
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 3;
      bytes[row + x * 3] = samples[from + 2]!;
      bytes[row + x * 3 + 1] = samples[from + 1]!;
      bytes[row + x * 3 + 2] = samples[from]!;
    }
  }
  const notices = [...alphaNotice('BMP', raster), ...unrecordedNotice('BMP', raster, record)];
  return { bytes, clampedPixels, notices };
}
