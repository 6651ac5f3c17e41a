import { SidelightError } from '../../contract/errors';
import type { Rect, Size } from '../../contract/geometry';
import type { Fit } from '../../contract/recipe';

/** Where a document's pictures lie: the result's grid, and how the target's grid lies under it. */
export interface DocumentGeometry {
  readonly size: Size;
  /** Result pixels per target pixel, at least 1. */
  readonly factor: { readonly x: number; readonly y: number };
  /** The part of the guidance in use, in its own pixels; null without guidance. */
  readonly guidanceRegion: Rect | null;
}

/**
 * The result's grid is the guidance's, cropped when the shapes differ and `fit` says so; the target's own without
 * guidance. Shapes agree when some one factor explains both sides to within one target pixel, so that targets made by
 * rounding up or down pass.
 * @throws SidelightError target-larger-than-guidance, aspect-mismatch
 */
export function documentGeometry(target: Size, guidance: Size | null, fit: Fit): DocumentGeometry {
  if (!guidance) return { size: sizeOf(target), factor: { x: 1, y: 1 }, guidanceRegion: null };
  if (target.width > guidance.width || target.height > guidance.height) throw targetLarger(target, guidance);
  if (shapesAgree(target, guidance) || fit === 'stretch')
    return over(target, { x: 0, y: 0, ...sizeOf(guidance) });
  if (fit === 'crop') return over(target, centredCrop(target, guidance));
  throw aspectMismatch(target, guidance);
}

/** What is known of a picture that a step has made: it lies on the result's grid, and nobody estimates its noise. */
export const onResultGrid = { factor: { x: 1, y: 1 }, noise: 0 } as const;

/** The size of a grid reduced by 2^level. */
export function reducedSize(size: Size, level: number): Size {
  return { width: Math.ceil(size.width / 2 ** level), height: Math.ceil(size.height / 2 ** level) };
}

const sizeOf = ({ width, height }: Size): Size => ({ width, height });

export const wholeOf = (size: Size): Rect => ({ x: 0, y: 0, ...sizeOf(size) });

function over(target: Size, region: Rect): DocumentGeometry {
  return {
    size: sizeOf(region),
    factor: { x: region.width / target.width, y: region.height / target.height },
    guidanceRegion: region,
  };
}

function shapesAgree(target: Size, guidance: Size): boolean {
  const least = (whole: number, part: number) => whole / (part + 1);
  const most = (whole: number, part: number) => (part > 1 ? whole / (part - 1) : Number.POSITIVE_INFINITY);
  return (
    Math.max(least(guidance.width, target.width), least(guidance.height, target.height)) <=
    Math.min(most(guidance.width, target.width), most(guidance.height, target.height))
  );
}

function centredCrop(target: Size, guidance: Size): Rect {
  const factor = Math.min(guidance.width / target.width, guidance.height / target.height);
  const width = Math.min(guidance.width, Math.max(target.width, Math.round(target.width * factor)));
  const height = Math.min(guidance.height, Math.max(target.height, Math.round(target.height * factor)));
  return {
    x: Math.floor((guidance.width - width) / 2),
    y: Math.floor((guidance.height - height) / 2),
    width,
    height,
  };
}

const inWords = (size: Size) => `${size.width} × ${size.height}`;

const sizes = (target: Size, guidance: Size) => ({
  targetWidth: target.width,
  targetHeight: target.height,
  guidanceWidth: guidance.width,
  guidanceHeight: guidance.height,
});

const targetLarger = (target: Size, guidance: Size) =>
  new SidelightError(
    'target-larger-than-guidance',
    `The target (${inWords(target)}) is larger than its guidance (${inWords(guidance)}).`,
    'Swap the two if they were mistaken for each other, or open a guidance at least as large as the target.',
    sizes(target, guidance),
  );

const aspectMismatch = (target: Size, guidance: Size) =>
  new SidelightError(
    'aspect-mismatch',
    `The target (${inWords(target)}) and the guidance (${inWords(guidance)}) differ in shape.`,
    'Choose “crop” to use the middle of the guidance in the target’s shape, or “stretch” to stretch the target over all of it.',
    sizes(target, guidance),
  );
