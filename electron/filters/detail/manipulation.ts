import { Cielab } from './cielab';
import type { ContrastCurve } from './contrastCurve';
import type { Levels } from './levels';

/** Lightness around which base contrast turns (the value of the authors' published code). */
const middle = 0.56;

export interface Manipulation {
  readonly fine: ContrastCurve;
  readonly medium: ContrastCurve;
  readonly base: ContrastCurve;
  /** `together`: one picture with all three changes; `averaged`: the mean of three pictures with one change each. */
  readonly combination: 'together' | 'averaged';
}

/** @param planes one of grey values, which count as lightness, or three of sRGB values; 0…1 */
export function lightnessOf(planes: readonly Float32Array[]): Float32Array {
  const [first, second, third] = planes as [Float32Array, Float32Array?, Float32Array?];
  if (!second || !third) return first;
  const colour = new Cielab();
  return first.map((value, i) => colour.take(value, second[i]!, third[i]!));
}

/**
 * @param planes as for `lightnessOf`
 * @returns planes with the lightness changed; the pictures of colours are clipped to sRGB before they are averaged
 */
export function relight(
  planes: readonly Float32Array[],
  levels: Levels,
  manipulation: Manipulation,
): Float32Array[] {
  const result = planes.map((plane) => new Float32Array(plane.length));
  const colour = new Cielab();
  const grey = [0];
  const pictures = [0];
  for (let i = 0; i < levels.lightness.length; i += 1) {
    manipulated(levels, manipulation, i, pictures);
    if (planes.length === 3) colour.take(planes[0]![i]!, planes[1]![i]!, planes[2]![i]!);
    for (const lightness of pictures) {
      grey[0] = lightness;
      const samples = planes.length === 3 ? colour.lighten(lightness) : grey;
      for (let c = 0; c < result.length; c += 1) result[c]![i]! += samples[c]! / pictures.length;
    }
  }
  return result;
}

/**
 * Lightness of one pixel in each of the pictures whose mean is the result (Farbman et al. 2008, section 4.1).
 * @param pictures written: 1 or 3 values
 */
function manipulated(
  { lightness, smooth, smoother }: Levels,
  { fine, medium, base, combination }: Manipulation,
  pixel: number,
  pictures: number[],
): void {
  const value = lightness[pixel]!;
  const first = value - smooth[pixel]!;
  const second = smooth[pixel]! - smoother[pixel]!;
  const rest = smoother[pixel]! - middle;
  const [a, b, c] = [fine(first) - first, medium(second) - second, base(rest) - rest];
  if (combination === 'together') pictures[0] = value + a + b + c;
  else {
    pictures[0] = value + a;
    pictures[1] = value + b;
    pictures[2] = value + c;
  }
}
