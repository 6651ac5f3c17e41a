import type { Range, Size } from '../contract/geometry';
import type { SampleType } from '../contract/sources';
import { createRaster, type Raster } from '../raster/raster';
import type { DecodedImage } from './codec';
import { orientedLayout, type SampleLayout } from './layout';
import { profileFits } from './profile';
import type { ScaleRecord } from './scale-record';

export type Samples =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** Pixels as a decoder found them, and everything needed to make a raster of them. */
export interface StoredImage extends Size {
  readonly samples: Samples;
  readonly layout: SampleLayout;
  /** Without alpha. */
  readonly colourBands: 1 | 3;
  /** The band that holds alpha, and the sample value that means opaque. */
  readonly alpha: { readonly band: number; readonly opaque: number; readonly premultiplied: boolean } | null;
  /** `integer`: signed or wider than 16 bits; becomes u16 when every value fits, f32 otherwise. */
  readonly storage: SampleType | 'integer';
  /** Absent for the natural scale: 0…255, 0…65535, the values' extent. */
  readonly fullScale?: Range;
  /** EXIF orientation, 1…8. */
  readonly orientation: number;
  readonly record: ScaleRecord | null;
  readonly icc: Uint8Array | null;
  readonly exif: Uint8Array | null;
  /** Three equal channels are the format's or a palette's way to store grey: nothing to tell the user. */
  readonly greyAsColour: boolean;
  readonly notices: readonly string[];
}

/** Of formats that hold samples and nothing about them. */
export const samplesOnly = {
  orientation: 1,
  record: null,
  icc: null,
  exif: null,
  greyAsColour: false,
  notices: [],
} as const satisfies Partial<StoredImage>;

/** The one way from stored samples to a raster: upright, planar, float32, unknown pixels and alpha set apart. */
export function assemble(stored: StoredImage): DecodedImage {
  const notices = [...stored.notices];
  const { layout, width, height } = orientedLayout(stored.layout, stored, stored.orientation);
  const upright = { ...stored, layout, width, height };
  const alpha = stored.alpha ? readAlpha(upright) : null;
  if (alpha) notices.push('Its transparency is kept apart and written back where the format can hold it.');
  const collapse = stored.colourBands === 3 && bandsAreEqual(upright);
  if (collapse && !stored.greyAsColour) {
    notices.push('Its three colour channels are equal everywhere; it is treated as one channel.');
  }
  const channels = collapse ? 1 : stored.colourBands;
  const data = readPlanes(upright, channels);
  if (alpha && stored.alpha?.premultiplied) unpremultiply(data, alpha);
  if (wasRounded(upright, data)) {
    notices.push(
      'Its values need more than 32-bit floats can hold; they were rounded to the nearest (relative error below 6e-8).',
    );
  }
  const unknown = setUnknownApart(data, width * height, stored.storage, notices);
  const { sampleType, naturalScale } = scaleOf(stored.storage, data, unknown);
  // Where the file itself says what its codes mean, there is nothing to suspect.
  if (stored.storage === 'u16' && !stored.record) noteTwelveBits(data, notices);
  const raster = createRaster({
    width,
    height,
    channels,
    data,
    unknown,
    alpha,
    sampleType,
    fullScale: stored.fullScale ?? naturalScale,
    icc: profileFits(stored.icc, channels) ? stored.icc : null,
    exif: stored.exif,
  });
  return { raster: stored.record ? applyRecord(raster, stored.record) : raster, notices };
}

const integerScales = { u8: { min: 0, max: 255 }, u16: { min: 0, max: 65535 } } as const;

function readPlanes(image: StoredImage, channels: number): Float32Array<ArrayBuffer> {
  const { samples, layout, width, height } = image;
  const data = new Float32Array(width * height * channels);
  let to = 0;
  for (let band = 0; band < channels; band += 1) {
    for (let y = 0; y < height; y += 1) {
      let from = layout.offset + band * layout.band + y * layout.y;
      for (let x = 0; x < width; x += 1) {
        data[to] = samples[from]!;
        to += 1;
        from += layout.x;
      }
    }
  }
  return data;
}

/** Null when every pixel is opaque. */
function readAlpha(image: StoredImage): Float32Array | null {
  const { samples, layout, width, height } = image;
  const { band, opaque } = image.alpha!;
  const alpha = new Float32Array(width * height);
  let transparent = false;
  for (let y = 0; y < height; y += 1) {
    let from = layout.offset + band * layout.band + y * layout.y;
    for (let x = 0; x < width; x += 1, from += layout.x) {
      const share = samples[from]! / opaque;
      const bounded = share >= 1 || Number.isNaN(share) ? 1 : Math.max(0, share);
      if (bounded < 1) transparent = true;
      alpha[y * width + x] = bounded;
    }
  }
  return transparent ? alpha : null;
}

function bandsAreEqual({ samples, layout, width, height }: StoredImage): boolean {
  for (let y = 0; y < height; y += 1) {
    let at = layout.offset + y * layout.y;
    for (let x = 0; x < width; x += 1, at += layout.x) {
      const first = samples[at]!;
      if (!Object.is(first, samples[at + layout.band]) || !Object.is(first, samples[at + 2 * layout.band]))
        return false;
    }
  }
  return true;
}

function unpremultiply(data: Float32Array, alpha: Float32Array): void {
  for (let at = 0; at < data.length; at += 1) {
    const share = alpha[at % alpha.length]!;
    if (share > 0) data[at] = data[at]! / share;
  }
}

function wasRounded(image: StoredImage, data: Float32Array): boolean {
  const { samples, layout, width, height } = image;
  if (!(samples instanceof Float64Array || samples instanceof Int32Array || samples instanceof Uint32Array))
    return false;
  if (image.alpha?.premultiplied) return false;
  for (let at = 0; at < data.length; at += 1) {
    const pixel = at % (width * height);
    const band = (at - pixel) / (width * height);
    const x = pixel % width;
    const value =
      samples[layout.offset + band * layout.band + ((pixel - x) / width) * layout.y + x * layout.x]!;
    if (value !== data[at] && Number.isFinite(value)) return true;
  }
  return false;
}

function setUnknownApart(
  data: Float32Array,
  pixels: number,
  storage: StoredImage['storage'],
  notices: string[],
): Uint8Array | null {
  if (storage !== 'f32') return null;
  let unknown: Uint8Array | null = null;
  let count = 0;
  for (let at = 0; at < data.length; at += 1) {
    if (Number.isFinite(data[at]!)) continue;
    unknown ??= new Uint8Array(pixels);
    data[at] = 0;
    if (unknown[at % pixels] === 0) count += 1;
    unknown[at % pixels] = 1;
  }
  if (count > 0) {
    notices.push(
      `${count.toLocaleString('en')} of ${pixels.toLocaleString('en')} pixels are not a number or infinite; they are treated as unknown.`,
    );
  }
  return unknown;
}

function scaleOf(
  storage: StoredImage['storage'],
  data: Float32Array,
  unknown: Uint8Array | null,
): { sampleType: SampleType; naturalScale: Range } {
  if (storage === 'u8' || storage === 'u16')
    return { sampleType: storage, naturalScale: integerScales[storage] };
  const extent = extentOf(data, unknown);
  return storage === 'integer' && extent.min >= 0 && extent.max <= 65535
    ? { sampleType: 'u16', naturalScale: integerScales.u16 }
    : { sampleType: 'f32', naturalScale: extent };
}

/** Of the known values, over all channels; 0…1 when there is none. `unknown` covers one channel. */
export function extentOf(data: Float32Array, unknown: Uint8Array | null): Range {
  let min = Infinity;
  let max = -Infinity;
  const pixels = unknown?.length ?? data.length;
  for (let first = 0; first < data.length; first += pixels) {
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      if (unknown && unknown[pixel] !== 0) continue;
      const value = data[first + pixel]!;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return min <= max ? { min, max } : { min: 0, max: 1 };
}

function noteTwelveBits(data: Float32Array, notices: string[]): void {
  let bits = 0;
  for (let at = 0; at < data.length; at += 1) bits |= data[at]!;
  if (bits > 255 && bits < 4096) {
    notices.push(
      'No value is above 4095: this looks like 12-bit data in a 16-bit file. The values are kept as they are.',
    );
  } else if (bits >= 4096 && (bits & 15) === 0) {
    notices.push(
      'All values are multiples of 16: this looks like 12-bit data in the upper bits of a 16-bit file. The values are kept as they are.',
    );
  }
}

function applyRecord(raster: Raster, record: ScaleRecord): Raster {
  const { data } = raster;
  const pixels = raster.width * raster.height;
  const codes = raster.sampleType === 'f32' ? null : integerScales[raster.sampleType];
  if (!codes) return { ...raster, unit: record.unit };
  const unknown = record.zeroIsUnknown ? zeroPixels(raster) : null;
  if (record.scale !== 1 || record.offset !== 0) {
    for (let at = 0; at < data.length; at += 1) {
      data[at] = unknown && unknown[at % pixels] !== 0 ? 0 : record.offset + record.scale * data[at]!;
    }
  }
  // The product of a rounded scale misses a whole number by 1e-13; nobody means that.
  const end = Number((record.offset + record.scale * codes.max).toPrecision(14));
  return { ...raster, unknown, unit: record.unit, fullScale: { min: record.offset, max: end } };
}

function zeroPixels({ data, channels, width, height }: Raster): Uint8Array | null {
  const pixels = width * height;
  const unknown = new Uint8Array(pixels);
  let any = false;
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    let zero = true;
    for (let channel = 0; channel < channels; channel += 1) zero &&= data[channel * pixels + pixel] === 0;
    if (zero) {
      unknown[pixel] = 1;
      any = true;
    }
  }
  return any ? unknown : null;
}
