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
  const line = new Float32Array(width + 4);
  for (let y = 0, to = 0; y < coarse.height; y += 1) {
    const [a, b, c, d, e] = [-2, -1, 0, 1, 2].map((step) => width * clamped(2 * y + step, height)) as Five;
    for (let x = 0; x < width; x += 1)
      line[x + 2] = (data[a + x]! + data[e + x]! + 4 * (data[b + x]! + data[d + x]!) + 6 * data[c + x]!) / 16;
    line.fill(line[2]!, 0, 2).fill(line[width + 1]!, width + 2);
    for (let x = 0; x < width; x += 2, to += 1)
      coarse.data[to] = (line[x]! + line[x + 4]! + 4 * (line[x + 1]! + line[x + 3]!) + 6 * line[x + 2]!) / 16;
  }
}

type Five = [number, number, number, number, number];

/** The way back, by the same filter, to a level of the size that `coarse` came from. @param fine written */
export function double(coarse: Level, fine: Level): void {
  const { width, height, data } = coarse;
  const line = new Float32Array(width + 2);
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

/** One sample of what `double` gives. */
export function doubledAt(coarse: Level, x: number, y: number): number {
  const { width, height } = coarse;
  const row = y >> 1;
  const [here, after] = [
    acrossAt(coarse, width * row, x),
    acrossAt(coarse, width * clamped(row + 1, height), x),
  ];
  if (y % 2 === 1) return (here + after) / 2;
  return (acrossAt(coarse, width * clamped(row - 1, height), x) + 6 * here + after) / 8;
}

/** Within the row that begins at `start`. */
function acrossAt({ width, data }: Level, start: number, x: number): number {
  const column = x >> 1;
  const [here, after] = [data[start + column]!, data[start + clamped(column + 1, width)]!];
  if (x % 2 === 1) return (here + after) / 2;
  return (data[start + clamped(column - 1, width)]! + 6 * here + after) / 8;
}

const clamped = (place: number, length: number) => Math.min(length - 1, Math.max(0, place));
