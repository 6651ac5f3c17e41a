import type { ExportSettings } from '../contract/recipe';
import type { Raster } from '../raster/raster';
import { assemble, samplesOnly } from './assemble';
import { bytesOf } from './bytes';
import type { Codec, EncodedImage } from './codec';
import { floatFileNotices } from './export-notices';
import { checkSize, damaged } from './faults';
import { bottomUp, interleaved } from './layout';
import { interleaveFloats } from './quantise';

/**
 * Portable float map: `Pf` (grey) or `PF` (RGB), width, height, a scale whose sign is the byte order (negative:
 * little-endian), then rows from the bottom up. Its magnitude is not applied, as everywhere else.
 */
export const pfm: Codec = {
  id: 'pfm',
  title: 'PFM',
  extensions: ['pfm'],
  lossy: false,
  writes: ['f32'],
  recognises: (head) => /^P[Ff]\s+\d/.test(Buffer.from(head).toString('latin1')),
  async decode(bytes) {
    const { width, height, bands, littleEndian, dataOffset } = readHeader(bytes);
    const samples = readFloats(
      bytes.subarray(dataOffset, dataOffset + width * height * bands * 4),
      littleEndian,
    );
    return assemble({
      ...samplesOnly,
      width,
      height,
      samples,
      layout: bottomUp(interleaved(width, bands), height),
      colourBands: bands,
      alpha: null,
      storage: 'f32',
    });
  },
  encode,
};

function readHeader(bytes: Uint8Array) {
  const text = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const match = /^P([Ff])\s+(\d{1,10})\s+(\d{1,10})\s+([-+]?[0-9.]+(?:[eE][-+]?\d+)?)\s/.exec(text);
  if (!match) throw damaged('PFM', 'its header cannot be read');
  const bands = match[1] === 'F' ? (3 as const) : (1 as const);
  const width = Number(match[2]);
  const height = Number(match[3]);
  const scale = Number(match[4]);
  checkSize('PFM', { width, height });
  if (!Number.isFinite(scale) || scale === 0) throw damaged('PFM', 'its scale says no byte order');
  const dataOffset = match[0].length;
  if (bytes.length < dataOffset + width * height * bands * 4) throw damaged('PFM', 'it ends in the middle');
  return { width, height, bands, littleEndian: scale < 0, dataOffset };
}

/** A copy, as the header leaves the samples unaligned. */
function readFloats(bytes: Uint8Array, littleEndian: boolean): Float32Array {
  const copy = Buffer.from(new Uint8Array(bytes).buffer);
  if (!littleEndian) copy.swap32();
  return new Float32Array(copy.buffer, copy.byteOffset, copy.byteLength / 4);
}

async function encode(raster: Raster, _settings: ExportSettings): Promise<EncodedImage> {
  const { width, height } = raster;
  const { samples, bands } = interleaveFloats(raster, false);
  const header = Buffer.from(`${bands === 3 ? 'PF' : 'Pf'}\n${width} ${height}\n-1.0\n`, 'latin1');
  const bytes = Buffer.alloc(header.length + samples.byteLength);
  bytes.set(header);
  const rowBytes = width * bands * 4;
  const rows = bytesOf(samples);
  for (let y = 0; y < height; y += 1) {
    bytes.set(rows.subarray(y * rowBytes, (y + 1) * rowBytes), header.length + (height - 1 - y) * rowBytes);
  }
  return { bytes, clampedPixels: 0, notices: floatFileNotices('PFM', raster) };
}
