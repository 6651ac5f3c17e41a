import type { ExportSettings } from '../contract/recipe';
import type { Raster } from '../raster/raster';
import { assemble, type Samples, type StoredImage, samplesOnly } from './assemble';
import { bytesOf, startsWith } from './bytes';
import type { Codec, EncodedImage } from './codec';
import { floatFileNotices, unrecordedNotice } from './export-notices';
import { checkSize, damaged, unsupported } from './faults';
import { halfToFloat } from './half';
import { type NpyHeader, npySignature, readNpyHeader, writeNpyHeader } from './npy-header';
import { interleaveFloats, quantise } from './quantise';

/**
 * NumPy arrays of shape H×W, H×W×1, H×W×3, H×W×4 (alpha last) or 3×H×W. A shape that fits two of these is read with
 * channels last.
 */
export const npy: Codec = {
  id: 'npy',
  title: 'NumPy array',
  extensions: ['npy'],
  lossy: false,
  writes: ['f32', 'u16', 'u8'],
  recognises: (head) => startsWith(head, npySignature),
  async decode(bytes) {
    const header = readNpyHeader(bytes);
    const shape = shapeOf(header);
    checkSize('NPY', shape);
    const count = header.shape.reduce((product, length) => product * length, 1);
    const end = header.dataOffset + count * header.bytesPerSample;
    if (end > bytes.length) throw damaged('NPY', 'it ends in the middle');
    const samples = readSamples(bytes.subarray(header.dataOffset, end), header);
    const opaque = header.kind === 'f' ? 1 : 2 ** (8 * header.bytesPerSample) - 1;
    return assemble({
      ...samplesOnly,
      width: shape.width,
      height: shape.height,
      samples,
      layout: shape.layout,
      colourBands: shape.bands === 1 ? 1 : 3,
      alpha: shape.bands === 4 ? { band: 3, opaque, premultiplied: false } : null,
      storage: storageOf(header),
      ...(header.kind === 'b' ? { fullScale: { min: 0, max: 1 } } : {}),
    });
  },
  encode,
};

function shapeOf({ shape, fortran }: NpyHeader) {
  // A batch of one, or a stack of one, is a picture.
  const sides = shape.length > 3 && shape[0] === 1 ? shape.slice(1) : [...shape];
  const strides = stridesOf(sides, fortran);
  const [first = 0, second = 0, third = 0] = sides;
  const place = (height: number, width: number, bands: number, y: number, x: number, band: number) => ({
    width,
    height,
    bands,
    layout: { offset: 0, x: strides[x] ?? 0, y: strides[y] ?? 0, band: strides[band] ?? 0 },
  });
  if (sides.length === 2) return place(first, second, 1, 0, 1, 2);
  if (sides.length === 3 && [1, 3, 4].includes(third)) return place(first, second, third, 0, 1, 2);
  if (sides.length === 3 && [1, 3].includes(first)) return place(second, third, first, 1, 2, 0);
  throw unsupported(
    'NPY',
    `The array's shape (${shape.join(', ')}) is not that of a picture`,
    'Save a single map of shape (height, width), or a picture of shape (height, width, 3).',
  );
}

function stridesOf(sides: readonly number[], fortran: boolean): number[] {
  const strides = new Array<number>(sides.length);
  let stride = 1;
  for (let step = 0; step < sides.length; step += 1) {
    const axis = fortran ? step : sides.length - 1 - step;
    strides[axis] = stride;
    stride *= sides[axis]!;
  }
  return strides;
}

function storageOf({ kind, bytesPerSample }: NpyHeader): StoredImage['storage'] {
  if (kind === 'f') return 'f32';
  if (kind === 'b' || (kind === 'u' && bytesPerSample === 1)) return 'u8';
  return kind === 'u' && bytesPerSample === 2 ? 'u16' : 'integer';
}

/** A view on the file where its bytes are already right, a copy otherwise. */
function readSamples(file: Uint8Array, { kind, bytesPerSample, littleEndian }: NpyHeader): Samples {
  const usable =
    (littleEndian || bytesPerSample === 1) && file.byteOffset % Math.max(1, bytesPerSample) === 0;
  const bytes = usable ? file : new Uint8Array(file);
  if (!littleEndian && bytesPerSample > 1) swap(bytes, bytesPerSample);
  const view = <T>(Type: new (buffer: ArrayBufferLike, offset: number, length: number) => T): T =>
    new Type(bytes.buffer, bytes.byteOffset, bytes.byteLength / bytesPerSample);
  switch (`${kind}${bytesPerSample}`) {
    case 'b1':
      return bytes.map((value) => (value === 0 ? 0 : 1));
    case 'u1':
      return bytes;
    case 'i1':
      return view(Int8Array);
    case 'u2':
      return view(Uint16Array);
    case 'i2':
      return view(Int16Array);
    case 'u4':
      return view(Uint32Array);
    case 'i4':
      return view(Int32Array);
    case 'u8':
      return Float64Array.from(view(BigUint64Array), Number);
    case 'i8':
      return Float64Array.from(view(BigInt64Array), Number);
    case 'f2':
      return halfToFloat(view(Uint16Array));
    case 'f4':
      return view(Float32Array);
    case 'f8':
      return view(Float64Array);
    default:
      throw unsupported(
        'NPY',
        `The array's values are of type ${kind}${bytesPerSample}`,
        "Convert it with .astype('float32') and save it again.",
      );
  }
}

function swap(bytes: Uint8Array, size: number): void {
  const buffer = bytesOf(bytes);
  if (size === 2) buffer.swap16();
  if (size === 4) buffer.swap32();
  if (size === 8) buffer.swap64();
}

async function encode(raster: Raster, settings: ExportSettings): Promise<EncodedImage> {
  const { width, height, channels } = raster;
  const shape = channels === 3 ? [height, width, 3] : [height, width];
  if (settings.sampleType === 'f32') {
    const { samples } = interleaveFloats(raster, false);
    const bytes = Buffer.concat([writeNpyHeader('<f4', shape), bytesOf(samples)]);
    return { bytes, clampedPixels: 0, notices: floatFileNotices('NPY', raster) };
  }
  const { samples, clampedPixels, record } = quantise(raster, settings, { alpha: 'drop' });
  const descriptor = settings.sampleType === 'u8' ? '|u1' : '<u2';
  const bytes = Buffer.concat([writeNpyHeader(descriptor, shape), bytesOf(samples)]);
  const notices = unrecordedNotice('NPY', raster, record);
  if (raster.alpha) notices.push('NPY has no transparency: it was left out and the values kept.');
  return { bytes, clampedPixels, notices };
}
