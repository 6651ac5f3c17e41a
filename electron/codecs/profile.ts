/**
 * Whether an ICC profile describes pictures of that many channels: bytes 16…19 of its header name the colour space
 * and bytes 36…39 are "acsp" (ICC.1:2022, 7.2). A grey raster must not carry an RGB profile, nor the other way round.
 */
export function profileFits(icc: Uint8Array | null, channels: 1 | 3): boolean {
  if (!icc || icc.length < 128) return false;
  const text = (from: number) => String.fromCharCode(...icc.subarray(from, from + 4));
  return text(36) === 'acsp' && text(16) === (channels === 1 ? 'GRAY' : 'RGB ');
}
