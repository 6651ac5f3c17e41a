/** A point of a curve. */
export interface Knot {
  readonly x: number;
  readonly y: number;
}

/**
 * The cubic through rising knots that rises wherever they do (F. N. Fritsch, J. Butland, A Method for Constructing Local Monotone
 * Piecewise Cubic Interpolants, SIAM J. Sci. Stat. Comput. 1984): its slope at a knot is the weighted harmonic mean of the slopes
 * of the lines to both sides.
 * @param knots three or more, rising in x and y
 * @returns the curve between the first and the last knot
 */
export function monotoneCubic(knots: readonly Knot[]): (x: number) => number {
  const widths = between(knots, (a, b) => b.x - a.x);
  const lines = between(knots, (a, b) => (b.y - a.y) / (b.x - a.x));
  const last = lines.length - 1;
  const slopes = [
    endSlope(widths[0]!, widths[1]!, lines[0]!, lines[1]!),
    ...between(lines, (before, after, i) => {
      const [left, right] = [2 * widths[i + 1]! + widths[i]!, widths[i + 1]! + 2 * widths[i]!];
      return (left + right) / (left / before + right / after);
    }),
    endSlope(widths[last]!, widths[last - 1]!, lines[last]!, lines[last - 1]!),
  ];
  return (x) => {
    let piece = 0;
    while (piece < last && x >= knots[piece + 1]!.x) piece += 1;
    const width = widths[piece]!;
    const t = (x - knots[piece]!.x) / width;
    const step = t * t * (3 - 2 * t) * width * lines[piece]!;
    return knots[piece]!.y + step + width * t * (1 - t) * (slopes[piece]! * (1 - t) - slopes[piece + 1]! * t);
  };
}

/** At an end: the slope of the parabola through the three knots there, kept from falling and from overshooting. */
const endSlope = (near: number, far: number, first: number, second: number) =>
  Math.min(3 * first, Math.max(0, ((2 * near + far) * first - near * second) / (near + far)));

/** Something of every two neighbours. */
function between<Item>(items: readonly Item[], of: (a: Item, b: Item, i: number) => number): number[] {
  return items.slice(1).map((item, i) => of(items[i]!, item, i));
}
