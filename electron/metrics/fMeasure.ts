import { checkShapes, dataRangeOf, noPixels } from './differences';
import type { Comparison, Metric } from './metric';

/** Weight of recall against precision (Achanta et al., Frequency-tuned Salient Region Detection, CVPR 2009). */
const betaSquare = 0.3;

/** The known pixels of a saliency map. */
interface Saliency {
  /** 0…1 a pixel. */
  readonly shares: Float64Array;
  /** 1 where the reference has the object. */
  readonly object: Uint8Array;
}

/**
 * F-measures of a saliency map, (1 + β²) · precision · recall / (β² · precision + recall) with β² = 0.3, of the pixels
 * at or above a threshold. The reference is a mask: its object is what lies above half of the scale. They differ in
 * the threshold: the best of 1/255 … 1; twice the map's mean (Achanta et al. 2009, eq. 8; at most 1); half the scale.
 */
export const fMeasureMaximum = metricOf('f-measure-maximum', 'maximal F-measure', (saliency) =>
  Math.max(...Array.from({ length: 255 }, (_, i) => fMeasure(saliency, (i + 1) / 255))),
);
export const fMeasureAdaptive = metricOf('f-measure-adaptive', 'adaptive F-measure', (saliency) =>
  fMeasure(saliency, Math.min(1, 2 * mean(saliency.shares))),
);
export const fMeasureHalf = metricOf('f-measure-half', 'F-measure at one half', (saliency) =>
  fMeasure(saliency, 0.5),
);

function metricOf(id: string, title: string, score: (saliency: Saliency) => number): Metric {
  return {
    id,
    title,
    unit: 'none',
    better: 'higher',
    measure: (comparison) => score(readSaliency(comparison)),
  };
}

function readSaliency(comparison: Comparison): Saliency {
  checkShapes(comparison);
  const { result, reference } = comparison;
  const range = dataRangeOf(comparison);
  const { min } = reference.fullScale;
  const isKnown = (_: number, i: number) => !reference.unknown?.[i] && !result.unknown?.[i];
  const shares = Float64Array.from(result.data.filter(isKnown), (value) =>
    Math.min(1, Math.max(0, (value - min) / range)),
  );
  if (shares.length === 0) throw noPixels();
  const object = Uint8Array.from(reference.data.filter(isKnown), (value) =>
    value - min > range / 2 ? 1 : 0,
  );
  return { shares, object };
}

function fMeasure({ shares, object }: Saliency, threshold: number): number {
  let detected = 0;
  let hits = 0;
  let size = 0;
  for (let i = 0; i < shares.length; i += 1) {
    size += object[i]!;
    if (shares[i]! < threshold) continue;
    detected += 1;
    hits += object[i]!;
  }
  if (hits === 0) return 0;
  const precision = hits / detected;
  const recall = hits / size;
  return ((1 + betaSquare) * precision * recall) / (betaSquare * precision + recall);
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
