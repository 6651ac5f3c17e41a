/**
 * The value below which a share of the samples lies, between two samples in proportion.
 * @param sorted ascending, at least one
 */
export function quantile(sorted: Float32Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  return below + (place % 1) * (sorted[Math.ceil(place)]! - below);
}
