/** A pixel is one 32-bit word: R, G, B, A in the order of memory on every processor that Sidelight runs on (little-endian). */
export const opaque = (255 << 24) >>> 0;

/** An opaque pixel of RGB levels 0…255. */
export const pixelOf = ([red = 0, green = 0, blue = 0]: readonly number[]): number =>
  (opaque | (blue << 16) | (green << 8) | red) >>> 0;

/** The same pixel with another alpha, 0…255. */
export const withAlpha = (pixel: number, alpha: number): number => ((pixel & 0xffffff) | (alpha << 24)) >>> 0;
