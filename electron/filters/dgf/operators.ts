import type { Filter } from '../filter';
import { l0Smoothing } from '../l0Smoothing';
import { styleTransfer } from '../styleTransfer';

interface ClonedOperator {
  readonly operator: Filter;
  /** What is imitated of it. */
  readonly summary: string;
  /** It gives pictures without colour: the channels of its clone are taken together. */
  readonly colourless: boolean;
}

/** The filters that the network has learned to imitate, at their default settings, in the order they are offered. */
export const clonedOperators: readonly [ClonedOperator, ...ClonedOperator[]] = [
  {
    operator: l0Smoothing,
    summary: 'Flattens everything but the strongest edges, as L0 smoothing does at λ = 0.02.',
    colourless: false,
  },
  {
    operator: styleTransfer,
    summary: 'A dramatic black and white, as photographic style gives it at its defaults.',
    colourless: true,
  },
];
