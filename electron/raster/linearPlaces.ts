/** For each pixel the small samples on both sides of its centre, and how far it is from the first to the second, 0…1. */
export interface LinearPlaces {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly share: Float64Array;
}

/**
 * Where the pixels `first` … of a line of `length` lie in a line of `small` pixels that is stretched over it, centres on
 * centres. Beyond the outer small pixels' centres the line goes on unchanged.
 */
export function linearPlaces(first: number, count: number, length: number, small: number): LinearPlaces {
  const places = { low: new Int32Array(count), high: new Int32Array(count), share: new Float64Array(count) };
  for (let i = 0; i < count; i += 1) {
    const position = Math.min(small - 1, Math.max(0, ((first + i + 0.5) * small) / length - 0.5));
    places.low[i] = Math.floor(position);
    places.high[i] = Math.min(small - 1, places.low[i]! + 1);
    places.share[i] = position - places.low[i]!;
  }
  return places;
}
