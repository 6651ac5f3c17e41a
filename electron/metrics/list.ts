import { fMeasureAdaptive, fMeasureHalf, fMeasureMaximum } from './fMeasure';
import { boundaryIou, meanIou } from './intersectionOverUnion';
import { mae } from './mae';
import type { Metric } from './metric';
import { psnr } from './psnr';
import { rmse } from './rmse';
import { ssim } from './ssim';

/** The one list of metrics, in the order tables show them. */
export const metrics: readonly Metric[] = [
  rmse,
  mae,
  psnr,
  ssim,
  fMeasureMaximum,
  fMeasureAdaptive,
  fMeasureHalf,
  meanIou,
  boundaryIou,
];
