import photographs from './looks.json';
import type { Style } from './style';

/** A reference photograph, and what is known of it: models/training/operators/looks.py made the list. */
export interface Look extends Style {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly photographer: string;
}

/** The first is the default. */
export const looks: readonly Look[] = photographs.map((photograph) => ({
  ...photograph,
  intensities: Float64Array.from(photograph.intensities),
  gradients: Float64Array.from(photograph.gradients),
}));
