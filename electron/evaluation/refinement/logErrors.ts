import { mae } from '../../metrics/mae';
import { rmse } from '../../metrics/rmse';
import { createRaster, type Raster } from '../../raster/raster';

/** A disparity below one pixel is none: values are taken as at least that, so that they have a logarithm. */
const least = 1;

/**
 * Errors of ratios, the same for disparity as for the depth it is the inverse of: `log10` is the mean absolute difference
 * of the decimal logarithms, `rmsLog` the root mean square of the differences of the natural ones (Eigen et al. 2014).
 */
export function logErrors(result: Raster, truth: Raster): { log10: number; rmsLog: number } {
  const comparison = { result: logarithm(result), reference: logarithm(truth) };
  return { log10: mae.measure(comparison) / Math.LN10, rmsLog: rmse.measure(comparison) };
}

const logarithm = (raster: Raster): Raster =>
  createRaster({ ...raster, data: raster.data.map((value) => Math.log(Math.max(least, value))) });
