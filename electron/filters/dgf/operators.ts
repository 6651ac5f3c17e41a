import { autoRetouch } from '../autoRetouch';
import type { Filter } from '../filter';
import { hazeRemoval } from '../hazeRemoval';
import { l0Smoothing } from '../l0Smoothing';
import { multiScaleDetail } from '../multiScaleDetail';
import type { DgfModel } from '../networkModel';
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
  /** Short sides of the small copy, in pixels, that the best variant has networks for: style gains nothing by a fine copy. */
  readonly sides: readonly number[];
}

/** The short side of the small copy, in pixels, at which all variants are compared. */
export const usualSide = 64;

/** The filters that networks have learned to imitate, in the order they are offered. */
export const clonedOperators: readonly [ClonedOperator, ...ClonedOperator[]] = [
  {
    operator: l0Smoothing,
    summary: 'Flattens everything but the strongest edges, as L0 smoothing does.',
    colourless: false,
    trained: [{ name: 'lambda', min: 0.005, max: 0.08 }],
    sides: [usualSide, 128, 256],
  },
  {
    operator: multiScaleDetail,
    summary: 'Strengthens fine detail, medium detail and contrast, as multi-scale detail does.',
    colourless: false,
    trained: [
      { name: 'fine', min: 1, max: 12.5 },
      { name: 'medium', min: 1, max: 15 },
      { name: 'base', min: 1, max: 7.5 },
    ],
    sides: [usualSide, 128, 256],
  },
  {
    operator: styleTransfer,
    summary: 'A dramatic black and white, as photographic style gives it at its defaults.',
    colourless: true,
    trained: [],
    sides: [usualSide],
  },
  {
    operator: hazeRemoval,
    summary: 'Takes haze away, as haze removal does at its defaults.',
    colourless: false,
    trained: [],
    sides: [usualSide, 128, 256],
  },
  {
    operator: autoRetouch,
    summary: 'Improves light and colours, as auto retouch does at its defaults.',
    colourless: false,
    trained: [],
    sides: [usualSide, 128, 256],
  },
];

/** The operator that a network was taught by. */
export const operatorOf = ({ operator: id }: Pick<DgfModel, 'operator'>): ClonedOperator | undefined =>
  clonedOperators.find(({ operator }) => operator.description.id === id);

/** Short sides of the small copy, in pixels, that one operator or another has networks for, the coarsest first. */
export const clonedSides: readonly number[] = [
  ...new Set(clonedOperators.flatMap(({ sides }) => sides)),
].toSorted((a, b) => a - b);
