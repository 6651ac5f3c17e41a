/** Rec. 601, of sRGB values as they are. */
const weights = [0.299, 0.587, 0.114] as const;

export const lumaOf = (red: number, green: number, blue: number): number =>
  weights[0] * red + weights[1] * green + weights[2] * blue;

/** Added to both lumas whose ratio scales the chroma, so that black does not gain any colour. */
const chromaFloor = 0.05;

/**
 * Gives a colour of 0…1 another luma. Its chroma, the difference from the luma, grows with the luma, as that of a surface in
 * more light, and by `gain`, but never beyond what leaves 0…1: no channel is clipped, and hue stays.
 * @param colour changed
 * @param lumas before and after, 0…1
 */
export function relight(colour: Float32Array, before: number, after: number, gain = 1): void {
  let scale = (gain * (after + chromaFloor)) / (before + chromaFloor);
  for (const value of colour) {
    const chroma = value - before;
    const room = (chroma > 0 ? 1 - after : after) / Math.max(1e-9, Math.abs(chroma));
    scale = Math.min(scale, room);
  }
  for (let c = 0; c < colour.length; c += 1) colour[c] = after + scale * (colour[c]! - before);
}
