import type { Range, Size } from '../contract/geometry';
import type { SampleType, Unit } from '../contract/sources';

/**
 * A picture or a map in full precision. Samples are float32 in the file's own values (0…255 of an 8-bit file stay
 * 0…255, millimetres stay millimetres), planar: `data[channel * width * height + y * width + x]`.
 */
export interface Raster extends Size {
  readonly channels: 1 | 3;
  readonly data: Float32Array;
  /** width × height; 1 where there is no measurement. Null when every pixel is known. Values there are finite. */
  readonly unknown: Uint8Array | null;
  /** width × height, straight, 0…1. Null when opaque. */
  readonly alpha: Float32Array | null;
  /** The values that the ends of the stored integer scale stand for; the values' own extent for floats. */
  readonly fullScale: Range;
  readonly sampleType: SampleType;
  readonly unit: Unit;
  /** ICC profile bytes as found in the file. Null: sRGB, or no colour at all. */
  readonly icc: Uint8Array | null;
  /** EXIF block to carry through to the export, orientation already applied and reset. Null when there was none. */
  readonly exif: Uint8Array | null;
}

/** What a new raster needs to say beyond size and samples; the rest are the values of plain data. */
export type RasterInit = Pick<Raster, 'width' | 'height' | 'channels' | 'data'> & Partial<Raster>;

/** @throws RangeError when the sample count does not match the shape. */
export function createRaster(init: RasterInit): Raster {
  const pixels = init.width * init.height;
  if (init.data.length !== pixels * init.channels) {
    throw new RangeError(
      `A ${init.width} × ${init.height} raster of ${init.channels} channels needs ${pixels * init.channels} samples, got ${init.data.length}.`,
    );
  }
  return {
    unknown: null,
    alpha: null,
    fullScale: { min: 0, max: 1 },
    sampleType: 'f32',
    unit: 'none',
    icc: null,
    exif: null,
    ...init,
  };
}

/** One channel as a view on the raster's own memory, row by row. */
export function channelOf(raster: Raster, channel: number): Float32Array {
  const pixels = raster.width * raster.height;
  return raster.data.subarray(channel * pixels, (channel + 1) * pixels);
}
