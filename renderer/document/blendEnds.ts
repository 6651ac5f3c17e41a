import type { Display } from '../../electron/contract/display';
import type { BoundDocument, DocumentInfo } from '../../electron/contract/engine';
import type { Step } from '../../electron/contract/recipe';

/** The two results between which a result moves on a straight line with the opacity of its last step, and where on it. */
export interface BlendEnds {
  /** Id of that step. */
  readonly step: string;
  /** What comes into the last step. */
  readonly without: BoundDocument;
  /** The last step's full effect. */
  readonly full: BoundDocument;
  /** Of the full effect in the result, 0…1. */
  readonly share: number;
}

/**
 * Null where colours do not follow values on a line: in colormaps other than grey, which colours are shown by as well, in
 * marks and between classes. Values beyond the display's range are cut off at the ends already: positions between may
 * come out less bright, or dark, there than what the engine makes of them.
 */
export function blendEnds(
  document: BoundDocument,
  { colormap, markSaturated }: Display,
  { values }: Pick<DocumentInfo, 'values'>,
): BlendEnds | null {
  const last = document.processing.steps.findLast(({ enabled }) => enabled);
  const isStraight = values === 'continuous' && document.processing.targetValues === 'continuous';
  if (!last || document.until || !isStraight || colormap !== 'grey' || markSaturated) return null;
  return {
    step: last.id,
    without: withOpacity(document, last, 0),
    full: withOpacity(document, last, 1),
    share: last.opacity,
  };
}

const withOpacity = (document: BoundDocument, { id }: Step, opacity: number): BoundDocument => ({
  ...document,
  processing: {
    ...document.processing,
    steps: document.processing.steps.map((step) => (step.id === id ? { ...step, opacity } : step)),
  },
});
