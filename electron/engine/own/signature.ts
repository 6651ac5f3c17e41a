import type { Size } from '../../contract/geometry';
import type { ElementType, Layout, OwnNetwork } from '../../contract/ownNetworks';
import type { ValueInfo } from '../providers/wholeModel';

/** One way to understand a model's input. */
export interface Reading {
  readonly layout: Layout;
  readonly channels: 1 | 3;
  /** The only size it takes; null when its sides are open. */
  readonly size: Size | null;
}

const inputLayouts: readonly Layout[] = ['NCHW', 'NHWC', 'CHW', 'HWC'];
const outputLayouts: readonly Layout[] = [...inputLayouts, 'NHW', 'HW'];

type Side = number | string;

/** The sides of a shape by the axis they belong to; null when it has another number of them. */
function axesOf<T>(layout: Layout, shape: readonly T[]): Partial<Record<string, T>> | null {
  return shape.length === layout.length
    ? Object.fromEntries(shape.map((side, axis) => [layout[axis]!, side]))
    : null;
}

/** A tensor's sides in the order of a layout. */
export const shapeOf = (layout: Layout, channels: number, { width, height }: Size): number[] => {
  const sides: Record<string, number> = { N: 1, C: channels, H: height, W: width };
  return [...layout].map((axis) => sides[axis]!);
};

/** Element types that pictures go in as and come out as. */
export const isElementType = (type: string | null): type is ElementType =>
  type === 'float32' || type === 'float16' || type === 'uint8';

/** What is smaller than this is not a picture's side. */
const leastSide = 8;

/** Every way to understand a shape as a picture; where channels are written down, only those. */
export function inputReadings(shape: readonly Side[]): Reading[] {
  const readings = inputLayouts.flatMap((layout) => {
    const axes = axesOf(layout, shape);
    if (!axes || (typeof axes.N === 'number' && axes.N !== 1)) return [];
    const size = fixedSize(axes.W, axes.H);
    if (size && Math.min(size.width, size.height) < leastSide) return [];
    const isWritten = typeof axes.C === 'number';
    return channelsFor(axes.C).map((channels) => ({ isWritten, reading: { layout, channels, size } }));
  });
  const written = readings.filter(({ isWritten }) => isWritten);
  return (written.length > 0 ? written : readings).map(({ reading }) => reading);
}

function channelsFor(side: Side | undefined): (1 | 3)[] {
  if (typeof side === 'string') return [3, 1];
  return side === 1 || side === 3 ? [side] : [];
}

/** One side alone stands for both. */
function fixedSize(width: Side | undefined, height: Side | undefined): Size | null {
  const sides = [width, height].filter((side) => typeof side === 'number');
  const [first] = sides;
  if (first === undefined) return null;
  return {
    width: typeof width === 'number' ? width : first,
    height: typeof height === 'number' ? height : first,
  };
}

/** Multiples that networks ask of their sides: halvings, and the patches of transformers. */
export const multiples = [1, 2, 4, 8, 14, 16, 32, 64] as const;

/** Odd numbers of the multiple, so that the size is a multiple of nothing more; small, but not too small to be halved. */
export function trialSize(multiple: number): Size {
  const [width, height] = multiple >= 32 ? [5, 3] : multiple >= 14 ? [7, 5] : [13, 9];
  const scale = multiple >= 8 ? 1 : Math.ceil(8 / multiple);
  return { width: multiple * odd(width * scale), height: multiple * odd(height * scale) };
}

const odd = (count: number) => count + (count % 2 === 0 ? 1 : 0);

const largestReduction = 32;

type Output = Pick<OwnNetwork['output'], 'layout' | 'channels' | 'reduction'>;

/**
 * How an output's shape is to be understood given the input's: both sides reduced by the same whole number. The input's own
 * layout comes first. Null when it is no picture of the input's shape.
 */
export function outputReading(dims: readonly number[], input: Layout, size: Size): Output | null {
  const channelsLast = input.endsWith('C');
  const ordered = outputLayouts.toSorted(
    (a, b) => Number(b.endsWith('C') === channelsLast) - Number(a.endsWith('C') === channelsLast),
  );
  for (const layout of ordered) {
    const axes = axesOf(layout, dims);
    const { N = 1, C = 1, H = 0, W = 0 } = axes ?? {};
    const reduction = size.width / W;
    if (N !== 1 || C < 1 || size.height / H !== reduction) continue;
    if (Number.isInteger(reduction) && reduction <= largestReduction)
      return { layout, channels: C, reduction };
  }
  return null;
}

/** A shape as people write it: 1 × 3 × height × width. */
export const shapeText = ({ shape }: Pick<ValueInfo, 'shape'>) =>
  shape.length === 0 ? 'no shape' : shape.join(' × ');
