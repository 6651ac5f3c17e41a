const steps = 8192;

/** IEC 61966-2-1: linear light 0…1 in even steps, to 0…255. */
export const encodedSrgb = Uint8Array.from({ length: steps + 1 }, (_, i) => {
  const linear = i / steps;
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(value * 255);
});
