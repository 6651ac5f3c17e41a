import type { Size } from '../../contract/geometry';

/** A level of a pyramid, row by row. */
export interface Level extends Size {
  readonly data: Float32Array;
}

/** Shorter side, in pixels, at which a pyramid ends. */
const coarsest = 4;

/** Sizes of a pyramid's levels, the picture's first: halves, rounded up. */
export function pyramidSizes(size: Size): Size[] {
  const sizes = [size];
  for (let { width, height } = size; Math.min(width, height) > coarsest; sizes.push({ width, height })) {
    width = Math.ceil(width / 2);
    height = Math.ceil(height / 2);
  }
  return sizes;
}

export const emptyLevel = ({ width, height }: Size): Level => ({
  width,
  height,
  data: new Float32Array(width * height),
});

export function gaussianPyramid(picture: Level): Level[] {
  const levels = pyramidSizes(picture).map((size, i) => (i === 0 ? picture : emptyLevel(size)));
  for (let i = 1; i < levels.length; i += 1) halve(levels[i - 1]!, levels[i]!);
  return levels;
}

/** Half a level's size by the binomial filter 1 4 6 4 1 (Burt and Adelson 1983), edges replicated. @param coarse written */
export function halve(fine: Level, coarse: Level): void {
  const { width, height, data } = fine;
  const out = coarse.data;
  const line = lineOf(width + 4);
  for (let y = 0, to = 0; y < coarse.height; y += 1) {
    let a = width * clamped(2 * y - 2, height);
    let b = width * clamped(2 * y - 1, height);
    let c = width * (2 * y);
    let d = width * clamped(2 * y + 1, height);
    let e = width * clamped(2 * y + 2, height);
    for (let x = 2; x < width + 2; x += 1, a += 1, b += 1, c += 1, d += 1, e += 1)
      line[x] = (data[a]! + data[e]! + 4 * (data[b]! + data[d]!) + 6 * data[c]!) / 16;
    line[0] = line[1] = line[2]!;
    line[width + 2] = line[width + 3] = line[width + 1]!;
    for (let x = 0; x < width; x += 2, to += 1)
      out[to] = (line[x]! + line[x + 4]! + 4 * (line[x + 1]! + line[x + 3]!) + 6 * line[x + 2]!) / 16;
  }
}

let kept = new Float32Array(0);

/** A line to write on, which no one else holds on to: small levels are halved so often that new lines would take as long. */
function lineOf(length: number): Float32Array {
  if (kept.length < length) kept = new Float32Array(length);
  return kept;
}

/** The way back, by the same filter, to a level of the size that `coarse` came from. @param fine written */
export function double(coarse: Level, fine: Level): void {
  const { width, height, data } = coarse;
  const line = lineOf(width + 2);
  for (let y = 0; y < fine.height; y += 1) {
    const [row, below] = [width * (y >> 1), width * clamped((y >> 1) + 1, height)];
    const above = width * clamped((y >> 1) - 1, height);
    if (y % 2 === 0)
      for (let x = 0; x < width; x += 1)
        line[x + 1] = (data[above + x]! + 6 * data[row + x]! + data[below + x]!) / 8;
    else for (let x = 0; x < width; x += 1) line[x + 1] = (data[row + x]! + data[below + x]!) / 2;
    line[0] = line[1]!;
    line[width + 1] = line[width]!;
    const [from, pairs] = [y * fine.width, fine.width >> 1];
    for (let x = 0, i = from; x < width; x += 1, i += 2)
      fine.data[i] = (line[x]! + 6 * line[x + 1]! + line[x + 2]!) / 8;
    for (let x = 0, i = from + 1; x < pairs; x += 1, i += 2) fine.data[i] = (line[x + 1]! + line[x + 2]!) / 2;
  }
}

/** Samples of what `double` gives in one row, the y-th. */
export class DoubledRow {
  private readonly data: Float32Array;
  private readonly last: number;
  private readonly above: number;
  private readonly here: number;
  private readonly below: number;
  private readonly between: boolean;

  constructor({ width, height, data }: Level, y: number) {
    const row = y >> 1;
    this.data = data;
    this.last = width - 1;
    this.above = width * clamped(row - 1, height);
    this.here = width * row;
    this.below = width * clamped(row + 1, height);
    this.between = y % 2 === 1;
  }

  at(x: number): number {
    const here = this.across(this.here, x);
    const after = this.across(this.below, x);
    return this.between ? (here + after) / 2 : (this.across(this.above, x) + 6 * here + after) / 8;
  }

  /** Within the row that begins at `start`. */
  private across(start: number, x: number): number {
    const { data, last } = this;
    const column = x >> 1;
    const here = data[start + column]!;
    const after = data[start + (column < last ? column + 1 : last)]!;
    if ((x & 1) === 1) return (here + after) / 2;
    return (data[start + (column > 0 ? column - 1 : 0)]! + 6 * here + after) / 8;
  }
}

const clamped = (place: number, length: number) => Math.min(length - 1, Math.max(0, place));
