import type { ExportSettings } from '../contract/recipe';
import type { SampleType } from '../contract/sources';
import type { Raster } from '../raster/raster';

export interface DecodedImage {
  readonly raster: Raster;
  /** Whole sentences about anything that is not plain: CMYK converted, 12 bits found in 16, alpha set aside. */
  readonly notices: readonly string[];
}

/** One file format. Readers get the whole file; writers give the whole file: files are written by one place. */
export interface Codec {
  readonly id: string;
  readonly title: string;
  /** Lower case, without the dot; the first one names new files. */
  readonly extensions: readonly string[];
  readonly lossy: boolean;
  readonly writes: readonly SampleType[];
  /** By content, never by name. `head` holds the first 64 bytes or the whole file if shorter. */
  recognises(head: Uint8Array): boolean;
  /** @throws SidelightError image-damaged, image-too-large, format-unsupported */
  decode(bytes: Uint8Array): Promise<DecodedImage>;
  /** Null when the format is only read. Values are in `raster`'s unit; the codec maps them as `settings` says. */
  readonly encode: ((raster: Raster, settings: ExportSettings) => Promise<EncodedImage>) | null;
}

export interface EncodedImage {
  readonly bytes: Uint8Array;
  /** Pixels whose value did not fit and was clamped. */
  readonly clampedPixels: number;
  readonly notices: readonly string[];
}
