import type { Range } from '../contract/geometry';
import type { ExportSettings } from '../contract/recipe';
import type { Raster } from '../raster/raster';
import { extentOf } from './assemble';
import { isPlain, type ScaleRecord } from './scale-record';

/** Integer codes, interleaved from the top, alpha last. */
export interface Codes {
  readonly samples: Uint8Array | Uint16Array;
  readonly bands: number;
  readonly clampedPixels: number;
  /** Null when every code is the value itself. */
  readonly record: ScaleRecord | null;
}

export interface QuantiseOptions {
  readonly alpha: 'keep' | 'drop' | 'onto-white';
}

/** Which values the ends of an integer scale stand for in this export. */
function integerRange(raster: Raster, range: Range | null, maxCode: number, zeroIsUnknown: boolean): Range {
  if (range) return range;
  if (raster.sampleType !== 'f32') return raster.fullScale;
  const { min, max } = extentOf(raster.data, raster.unknown);
  // Code 0 is taken: the lowest value gets code 1.
  return zeroIsUnknown ? { min: min - (max - min) / (maxCode - 1), max } : { min, max };
}

/**
 * Values to codes: code = round((v − min) / (max − min) · maxCode). Unknown pixels become code 0; then known values
 * that would become 0 are written as 1, so that they stay known.
 */
export function quantise(
  raster: Raster,
  settings: Pick<ExportSettings, 'range' | 'sampleType'>,
  options: QuantiseOptions,
): Codes {
  const deep = settings.sampleType === 'u16';
  const maxCode = deep ? 65535 : 255;
  const { data, channels, alpha, width, height } = raster;
  const pixels = width * height;
  const unknown = raster.unknown?.includes(1) ? raster.unknown : null;
  const { min, max } = integerRange(raster, settings.range, maxCode, unknown !== null);
  const bands = channels + (alpha && options.alpha === 'keep' ? 1 : 0);
  const samples = deep ? new Uint16Array(pixels * bands) : new Uint8Array(pixels * bands);
  const clamped = new Uint8Array(channels > 1 ? pixels : 0);
  const lowest = unknown ? 1 : 0;
  const codesPerValue = max === min ? 0 : maxCode / (max - min);
  const flatten = alpha !== null && options.alpha === 'onto-white';
  let clampedPixels = 0;
  for (let channel = 0; channel < channels; channel += 1) {
    let from = channel * pixels;
    for (let pixel = 0, to = channel; pixel < pixels; pixel += 1, from += 1, to += bands) {
      if (unknown && unknown[pixel] !== 0) continue;
      const value = data[from]!;
      let code = Math.round((value - min) * codesPerValue);
      if (flatten) code = Math.round(maxCode + (code - maxCode) * alpha[pixel]!);
      // A value that is no number has no code either: it counts as one that did not fit.
      const fits = code >= 0 && code <= maxCode && (codesPerValue !== 0 || value === min);
      if (!fits) {
        if (channels === 1) clampedPixels += 1;
        else clamped[pixel] = 1;
      }
      samples[to] = Math.min(maxCode, Math.max(lowest, code));
    }
  }
  for (let pixel = 0; pixel < clamped.length; pixel += 1) clampedPixels += clamped[pixel]!;
  if (bands > channels) writeAlpha(samples, alpha!, channels, bands, maxCode);
  const record: ScaleRecord = {
    scale: (max - min) / maxCode,
    offset: min,
    unit: raster.unit,
    zeroIsUnknown: unknown !== null,
  };
  return { samples, bands, clampedPixels, record: isPlain(record) ? null : record };
}

function writeAlpha(
  samples: Uint8Array | Uint16Array,
  alpha: Float32Array,
  channels: number,
  bands: number,
  maxCode: number,
): void {
  for (let pixel = 0; pixel < alpha.length; pixel += 1) {
    samples[pixel * bands + channels] = Math.round(Math.min(1, Math.max(0, alpha[pixel]!)) * maxCode);
  }
}

/**
 * Floats, interleaved from the top, alpha last, NaN where unknown. Values are never scaled. A plain map is returned as
 * it is, without a copy: not to be written to.
 */
export function interleaveFloats(
  raster: Raster,
  keepAlpha: boolean,
): { samples: Float32Array; bands: number } {
  const { data, channels, unknown, alpha, width, height } = raster;
  const pixels = width * height;
  const bands = channels + (alpha && keepAlpha ? 1 : 0);
  if (bands === 1 && !unknown) return { samples: data, bands };
  const samples = new Float32Array(pixels * bands);
  for (let channel = 0; channel < channels; channel += 1) {
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      samples[pixel * bands + channel] =
        unknown && unknown[pixel] !== 0 ? Number.NaN : data[channel * pixels + pixel]!;
    }
  }
  if (bands > channels)
    for (let pixel = 0; pixel < pixels; pixel += 1) samples[pixel * bands + channels] = alpha![pixel]!;
  return { samples, bands };
}
