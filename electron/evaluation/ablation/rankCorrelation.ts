/** Ranks from 1, the smallest first; equal values share the mean of their ranks. */
export function ranksOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1);
}

/** Spearman's rank correlation, −1…1; NaN when one of the two does not vary. */
export function rankCorrelation(first: readonly number[], second: readonly number[]): number {
  return correlation(ranksOf(first), ranksOf(second));
}

function correlation(first: readonly number[], second: readonly number[]): number {
  const [a, b] = [centred(first), centred(second)];
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

const dot = (first: readonly number[], second: readonly number[]) =>
  first.reduce((sum, value, index) => sum + value * second[index]!, 0);
