import type { Raster } from '../raster/raster';

/** Two rasters of one size and channel count. Pixels unknown in either do not count. */
export interface Comparison {
  readonly result: Raster;
  readonly reference: Raster;
  /** Pixels along each edge that do not count; 0 unless given. */
  readonly border?: number;
  /** Distance between the ends of the value scale, for PSNR and SSIM; the reference's full scale unless given. */
  readonly dataRange?: number;
}

export interface Metric {
  readonly id: string;
  readonly title: string;
  /** `value`: in the unit of the rasters' own values. */
  readonly unit: 'value' | 'dB' | 'none';
  readonly better: 'lower' | 'higher';
  /** @throws RangeError when the rasters differ in shape or no pixel counts */
  measure(comparison: Comparison): number;
}
