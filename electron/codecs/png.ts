import { deflateSync } from 'node:zlib';
import type { ExportSettings } from '../contract/recipe';
import type { Raster } from '../raster/raster';
import { assemble } from './assemble';
import { startsWith } from './bytes';
import type { Codec, EncodedImage } from './codec';
import { withMetadata } from './export-notices';
import { checkSize, damaged } from './faults';
import { type Chunk, insertAfterHeader, pngSignature, readChunks } from './png-chunks';
import { profileFits } from './profile';
import { quantise } from './quantise';
import { formatScaleRecord, parseScaleRecord, type ScaleRecord } from './scale-record';
import { readPicture } from './stored-picture';
import { encodePixels, readHeader } from './vips';

/** PNG (third edition). 1, 2 and 4 bits and palettes are widened to 8 bits; 16 bits are exact. */
export const png: Codec = {
  id: 'png',
  title: 'PNG',
  extensions: ['png'],
  lossy: false,
  writes: ['u8', 'u16'],
  recognises: (head) => startsWith(head, pngSignature),
  async decode(bytes) {
    const chunks = readChunks(bytes);
    checkHeader(chunks);
    const stored = await readPicture('PNG', bytes, await readHeader('PNG', bytes), findRecord(chunks));
    const animated = chunks.some(({ type }) => type === 'acTL');
    return assemble({
      ...stored,
      notices: animated
        ? [...stored.notices, 'It is an animation; its first picture was read.']
        : stored.notices,
    });
  },
  encode,
};

async function encode(raster: Raster, settings: ExportSettings): Promise<EncodedImage> {
  const notices: string[] = [];
  const { width, height } = raster;
  const { samples, bands, clampedPixels, record } = quantise(raster, settings, { alpha: 'keep' });
  const bare = await encodePixels({ width, height, bands, samples }, { format: 'png' });
  const bytes = await withMetadata('metadata', notices, bare, (file) =>
    insertAfterHeader(file, chunksFor(raster, record)),
  );
  return { bytes, clampedPixels, notices };
}

/** Deflate cannot shrink further than this: pixels that claim more are not in the file. */
const mostBytesPerDeflatedByte = 1032;

function checkHeader(chunks: readonly Chunk[]): void {
  const header = chunks[0];
  if (header?.type !== 'IHDR' || header.data.length !== 13) throw damaged('PNG', 'its header is missing');
  const view = new DataView(header.data.buffer, header.data.byteOffset, 13);
  const size = { width: view.getUint32(0), height: view.getUint32(4) };
  checkSize('PNG', size);
  const bandsByColourType: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
  const bits = view.getUint8(8) * (bandsByColourType[view.getUint8(9)] ?? 0);
  const claimed = size.height * Math.ceil((size.width * bits) / 8);
  const held = chunks.reduce((sum, { type, data }) => sum + (type === 'IDAT' ? data.length : 0), 0);
  if (held * mostBytesPerDeflatedByte < claimed) throw damaged('PNG', 'most of its pixels are missing');
}

/** The keyword that PNG names for descriptions, a zero byte, the text. */
const keyword = 'Description';

function findRecord(chunks: readonly Chunk[]): ScaleRecord | null {
  for (const { type, data } of chunks) {
    if (type !== 'tEXt') continue;
    const text = Buffer.from(data.subarray(0, 400)).toString('latin1');
    if (text.startsWith(`${keyword}\0`)) return parseScaleRecord(text.slice(keyword.length + 1));
  }
  return null;
}

function chunksFor(raster: Raster, record: ScaleRecord | null): Chunk[] {
  const chunks: Chunk[] = [];
  if (raster.icc && profileFits(raster.icc, raster.channels)) {
    chunks.push({
      type: 'iCCP',
      data: Buffer.concat([Buffer.from('ICC\0\0', 'latin1'), deflateSync(raster.icc)]),
    });
  }
  if (record) {
    chunks.push({ type: 'tEXt', data: Buffer.from(`${keyword}\0${formatScaleRecord(record)}`, 'latin1') });
  }
  if (raster.exif) chunks.push({ type: 'eXIf', data: raster.exif });
  return chunks;
}
