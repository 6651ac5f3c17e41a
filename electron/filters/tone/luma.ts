/** Rec. 601, of sRGB values as they are. */
const weights = [0.299, 0.587, 0.114] as const;

export const lumaOf = (red: number, green: number, blue: number): number =>
  weights[0] * red + weights[1] * green + weights[2] * blue;

/** @param planes three of sRGB values */
export function lumaPlane(planes: readonly Float32Array[]): Float32Array {
  const [reds, greens, blues] = planes as [Float32Array, Float32Array, Float32Array];
  return reds.map((red, i) => lumaOf(red, greens[i]!, blues[i]!));
}

/** Added to both lumas whose ratio scales the chroma, so that black does not gain any colour. */
const chromaFloor = 0.05;

/**
 * Gives colours another luma. Chroma, the difference from the luma, grows with the luma, as that of a surface in more light, and
 * by `gain`, but never beyond what leaves 0…1: no channel is clipped, and hue stays.
 * @param planes three of sRGB values, 0…1
 * @param before their luma
 * @param after what it becomes, 0…1
 */
export function relit(
  planes: readonly Float32Array[],
  before: Float32Array,
  after: Float32Array,
  gain = (_red: number, _green: number, _blue: number) => 1,
): Float32Array[] {
  const [reds, greens, blues] = planes as [Float32Array, Float32Array, Float32Array];
  const result = planes.map((plane) => new Float32Array(plane.length));
  for (let i = 0; i < before.length; i += 1) {
    const [old, luma] = [before[i]!, after[i]!];
    const wanted = gain(reds[i]!, greens[i]!, blues[i]!) * ((luma + chromaFloor) / (old + chromaFloor));
    const scale = Math.min(
      wanted,
      room(reds[i]! - old, luma),
      room(greens[i]! - old, luma),
      room(blues[i]! - old, luma),
    );
    for (let c = 0; c < 3; c += 1) result[c]![i] = luma + scale * (planes[c]![i]! - old);
  }
  return result;
}

/** What a channel's chroma can be multiplied with. */
const room = (chroma: number, luma: number) =>
  (chroma > 0 ? 1 - luma : luma) / Math.max(1e-9, Math.abs(chroma));
