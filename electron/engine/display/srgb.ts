import type { ColourTransform } from './iccProfile';

const steps = 8192;

/** IEC 61966-2-1, linear light 0…1 to 0…255. */
const encoded = Uint8Array.from({ length: steps + 1 }, (_, i) => {
  const linear = i / steps;
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(value * 255);
});

/**
 * One pixel from a profile's encoded RGB (0…1) to sRGB bytes; colours outside sRGB are clipped channel by channel.
 * @param out written at `at`…`at + 2`
 */
export function writeSrgb(
  { curves, matrix }: ColourTransform,
  red: number,
  green: number,
  blue: number,
  out: Uint8Array,
  at: number,
): void {
  const last = curves[0].length - 1;
  const r = curves[0][Math.round(red * last)]!;
  const g = curves[1][Math.round(green * last)]!;
  const b = curves[2][Math.round(blue * last)]!;
  for (let row = 0; row < 3; row += 1) {
    const linear = matrix[row * 3]! * r + matrix[row * 3 + 1]! * g + matrix[row * 3 + 2]! * b;
    out[at + row] = encoded[Math.round(Math.min(1, Math.max(0, linear)) * steps)]!;
  }
}
