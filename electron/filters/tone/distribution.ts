/** How values of 0…1 are distributed over equal bins. Values beyond count at the ends. */
export class Distribution {
  /** Counts of the values below every edge, one more than there are bins: the first is 0. */
  private readonly counts: Float64Array;

  constructor(
    values: Float32Array,
    private readonly bins = 1024,
  ) {
    this.counts = new Float64Array(bins + 1);
    for (const value of values)
      this.counts[Math.min(bins - 1, Math.max(0, Math.floor(value * bins))) + 1]! += 1;
    for (let edge = 1; edge <= bins; edge += 1) this.counts[edge]! += this.counts[edge - 1]!;
  }

  /** The share of the values below an edge, 0…bins. */
  below(edge: number): number {
    return this.counts[edge]! / this.counts[this.bins]!;
  }

  /** @param share within 0…1. @returns the value that this share of the values is below, linear within a bin */
  quantile(share: number): number {
    const wanted = share * this.counts[this.bins]!;
    let [first, last] = [0, this.bins - 1];
    while (first < last) {
      const middle = (first + last) >> 1;
      if (this.counts[middle + 1]! < wanted) first = middle + 1;
      else last = middle;
    }
    const count = this.counts[first + 1]! - this.counts[first]!;
    return (first + (count > 0 ? (wanted - this.counts[first]!) / count : 0)) / this.bins;
  }
}
