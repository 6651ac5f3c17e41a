import photographs from './looks.json';

/** A reference photograph, and what is known of it: models/training/operators/looks.py made the list. */
export interface Look {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly photographer: string;
  /** Quantiles of luma at equal steps of the share, from the least to the largest. */
  readonly intensities: Float64Array;
  /** Quantiles of the gradients' amplitudes at shares 1 − (1 − k)², k in equal steps: denser towards the strong ones. */
  readonly gradients: Float64Array;
}

/** The first is the default. */
export const looks: readonly Look[] = photographs.map((photograph) => ({
  ...photograph,
  intensities: Float64Array.from(photograph.intensities),
  gradients: Float64Array.from(photograph.gradients),
}));
