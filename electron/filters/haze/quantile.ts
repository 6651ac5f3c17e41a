/**
 * The value below which a share of the samples lies, between two samples in proportion.
 * @param sorted ascending, at least one
 */
export function quantile(sorted: Float32Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  return below + (place % 1) * (sorted[Math.ceil(place)]! - below);
}

/**
 * `quantile` of samples in any order, without sorting them: they are only brought to both sides of it.
 * @param samples at least one, none NaN; in another order afterwards
 */
export function selectQuantile(samples: Float32Array, share: number): number {
  const place = share * (samples.length - 1);
  const first = Math.floor(place);
  const below = selected(samples, first);
  if (place === first) return below;
  let above = Number.POSITIVE_INFINITY;
  for (let i = first + 1; i < samples.length; i += 1) if (samples[i]! < above) above = samples[i]!;
  return below + (place % 1) * (above - below);
}

/**
 * The value that is the k-th in order (Hoare 1961): nothing before its place is larger afterwards, nothing behind it smaller.
 * @param k 0…length − 1
 */
export function selected(samples: Float32Array, k: number): number {
  let [low, high] = [0, samples.length - 1];
  while (low < high) {
    const pivot = samples[(low + high) >> 1]!;
    let [i, j] = [low, high];
    while (i <= j) {
      while (samples[i]! < pivot) i += 1;
      while (samples[j]! > pivot) j -= 1;
      if (i > j) break;
      const other = samples[i]!;
      samples[i] = samples[j]!;
      samples[j] = other;
      i += 1;
      j -= 1;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return samples[k]!;
}
