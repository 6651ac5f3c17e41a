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

/** Lightness of colours. @param planes sRGB values, 0…1 */
export function lightnessOf([red, green, blue]: readonly [
  Float32Array,
  Float32Array,
  Float32Array,
]): Float32Array {
  const colour = new Cielab();
  return red.map((value, i) => colour.take(value, green[i]!, blue[i]!));
}

/** Changes a plane of lightness in place. */
export function relight(plane: Float32Array, levels: Levels, manipulation: Manipulation): void {
  const pictures = [0];
  for (let i = 0; i < plane.length; i += 1) {
    manipulated(levels, manipulation, i, pictures);
    let sum = 0;
    for (const picture of pictures) sum += picture;
    plane[i] = sum / pictures.length;
  }
}

/**
 * Changes colours in place, a* and b* kept. Each picture is clipped to sRGB before they are averaged.
 * @param planes sRGB values, 0…1
 */
export function recolour(planes: readonly Float32Array[], levels: Levels, manipulation: Manipulation): void {
  const [red, green, blue] = planes as [Float32Array, Float32Array, Float32Array];
  const colour = new Cielab();
  const pictures = [0];
  for (let i = 0; i < red.length; i += 1) {
    manipulated(levels, manipulation, i, pictures);
    colour.take(red[i]!, green[i]!, blue[i]!);
    let [r, g, b] = [0, 0, 0];
    for (const picture of pictures) {
      colour.lighten(picture);
      r += colour.rgb[0];
      g += colour.rgb[1];
      b += colour.rgb[2];
    }
    red[i] = r / pictures.length;
    green[i] = g / pictures.length;
    blue[i] = b / pictures.length;
  }
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
