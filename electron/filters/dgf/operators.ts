import type { ParameterValues } from '../../contract/filters';
import type { Raster } from '../../raster/raster';
import { autoRetouch } from '../autoRetouch';
import type { Filter } from '../filter';
import { hazeRemoval } from '../hazeRemoval';
import { l0Smoothing } from '../l0Smoothing';
import { multiScaleDetail } from '../multiScaleDetail';
import type { DgfModel } from '../networkModel';
import { withDetailOfPicture } from '../style/pictureDetail';
import { styleTransfer } from '../styleTransfer';

/** A number parameter of an operator that its clone takes, and the range in which it does. */
interface ClonedParameter {
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
  /** What its networks are told, over the range that they are trained on. */
  readonly trained: readonly ClonedParameter[];
  /** What its drafts are made with beside that, over the range in which its clones were found to follow; the others stay at their defaults. */
  readonly followed: readonly ClonedParameter[];
  /**
   * Whether drafts of larger copies are worth their time for large pictures. Not for auto retouch: it has 48 dB without them, and what it
   * decides by all of a picture takes longest.
   */
  readonly largeDrafts?: true;
  /**
   * What it is to do to a copy of a picture reduced by means, so that it does as to the picture, by the texture that those leave out;
   * beside what is meant for a pixel (`scaledLengths`).
   */
  readonly onCopy?: (parameters: ParameterValues, copy: Raster, texture: Raster) => ParameterValues;
}

/** Short sides of the small copy, in pixels, that the best variant has networks for, the coarsest first. */
export const clonedSides = [64, 128, 256] as const;

/** The one of them that the other variants with a small copy have, too: all are compared at it. */
export const usualSide: number = clonedSides[0];

/** The filters that networks have learned to imitate, in the order they are offered. */
export const clonedOperators: readonly [ClonedOperator, ...ClonedOperator[]] = [
  {
    operator: l0Smoothing,
    summary: 'Flattens everything but the strongest edges, as L0 smoothing does.',
    colourless: false,
    trained: [{ name: 'lambda', min: 0.005, max: 0.08 }],
    followed: [],
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
    followed: [],
  },
  {
    operator: styleTransfer,
    summary: 'A dramatic black and white, as photographic style gives it at its defaults.',
    colourless: true,
    trained: [],
    followed: [{ name: 'detail', min: 0.5, max: 1.5 }],
    largeDrafts: true,
    onCopy: withDetailOfPicture,
  },
  {
    operator: hazeRemoval,
    summary: 'Takes haze away, as haze removal does.',
    colourless: false,
    trained: [],
    // Without lambda: L0 smoothing has one, and a filter's parameters are told apart by name. Without gamma: above 1 clones do not
    // follow it.
    followed: [
      { name: 'kept', min: 0, max: 0.3 },
      { name: 'least', min: 0.05, max: 0.5 },
      { name: 'flatness', min: 0.001, max: 0.25 },
    ],
    largeDrafts: true,
  },
  {
    operator: autoRetouch,
    summary: 'Improves light and colours, as auto retouch does.',
    colourless: false,
    trained: [],
    followed: [
      { name: 'light', min: 0, max: 1 },
      { name: 'colour', min: 0, max: 1 },
    ],
  },
];

/** The operator that a network was taught by. */
export const operatorOf = ({ operator: id }: Pick<DgfModel, 'operator'>): ClonedOperator | undefined =>
  clonedOperators.find(({ operator }) => operator.description.id === id);
