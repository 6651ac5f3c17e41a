import { l0Smoothing } from '../l0Smoothing';

/** The filters that the network has learned to imitate, in the order they are offered. */
export const clonedOperators = [l0Smoothing] as const;
