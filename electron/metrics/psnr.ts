import { dataRangeOf, differences } from './differences';
import type { Metric } from './metric';

/** Peak signal-to-noise ratio, 10 log₁₀(range² / mean square error); infinite for equal rasters. */
export const psnr: Metric = {
  id: 'psnr',
  title: 'PSNR',
  unit: 'dB',
  better: 'higher',
  measure: (comparison) => 10 * Math.log10(dataRangeOf(comparison) ** 2 / differences(comparison).meanSquare),
};
