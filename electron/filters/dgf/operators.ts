import type { Filter } from '../filter';
import { l0Smoothing } from '../l0Smoothing';
import { styleTransfer } from '../styleTransfer';

/** A parameter that the networks of an operator are told, and the range they are trained on. */
interface TrainedParameter {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

interface ClonedOperator {
  readonly operator: Filter;
  /** What is imitated of it. */
  readonly summary: string;
  /** It gives pictures without colour: the channels of its clone are taken together. */
  readonly colourless: boolean;
  /** Number parameters of it that can be chosen; it is imitated at its defaults otherwise. */
  readonly trained: readonly TrainedParameter[];
}

/** The filters that networks have learned to imitate, in the order they are offered. */
export const clonedOperators: readonly [ClonedOperator, ...ClonedOperator[]] = [
  {
    operator: l0Smoothing,
    summary: 'Flattens everything but the strongest edges, as L0 smoothing does.',
    colourless: false,
    trained: [{ name: 'lambda', min: 0.005, max: 0.08 }],
  },
  {
    operator: styleTransfer,
    summary: 'A dramatic black and white, as photographic style gives it at its defaults.',
    colourless: true,
    trained: [],
  },
];
