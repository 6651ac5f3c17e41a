/** Rows: X, Y, Z of linear light in sRGB's primaries (IEC 61966-2-1), white being the sum of the columns. */
const toXyz = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
] as const;
const fromXyz = [
  [3.2404542, -1.5371385, -0.4985314],
  [-0.969266, 1.8760108, 0.041556],
  [0.0556434, -0.2040259, 1.0572252],
] as const;
const white = toXyz.map(([r, g, b]) => r + g + b) as [number, number, number];

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const encoded = (light: number) => (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);

/** CIE 15: the cube root, with a line near 0. */
const root = (share: number) =>
  share > 216 / 24389 ? Math.cbrt(share) : (24389 / 27) * (share / 116) + 4 / 29;
const power = (value: number) => (value > 6 / 29 ? value ** 3 : (116 * 27 * (value - 4 / 29)) / 24389);

/** One colour at a time, kept between calls so that none is allocated a pixel. */
export class Cielab {
  /** fX, fY and fZ: a* and b* are 500 (fX − fY) and 200 (fY − fZ). */
  private readonly roots = [0, 0, 0];
  private readonly rgb: [number, number, number] = [0, 0, 0];

  /** Takes sRGB values, 0…1. @returns the colour's lightness L*, as a share of white's */
  take(red: number, green: number, blue: number): number {
    const [r, g, b] = [linear(red), linear(green), linear(blue)];
    for (let i = 0; i < 3; i += 1) {
      const row = toXyz[i]!;
      this.roots[i] = root((row[0] * r + row[1] * g + row[2] * b) / white[i]!);
    }
    return 1.16 * this.roots[1]! - 0.16;
  }

  /** The colour last taken with another lightness, a* and b* kept. @returns sRGB values, clipped to 0…1, until the next call */
  lighten(lightness: number): readonly [number, number, number] {
    const change = (lightness + 0.16) / 1.16 - this.roots[1]!;
    const x = white[0] * power(this.roots[0]! + change);
    const y = white[1] * power(this.roots[1]! + change);
    const z = white[2] * power(this.roots[2]! + change);
    for (let i = 0; i < 3; i += 1) {
      const row = fromXyz[i]!;
      const light = row[0] * x + row[1] * y + row[2] * z;
      this.rgb[i] = encoded(Math.min(1, Math.max(0, light)));
    }
    return this.rgb;
  }
}
