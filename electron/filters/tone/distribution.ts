const bins = 1024;

/** How values of 0…1 are distributed: the share of them below every edge of equal bins. Values beyond count at the ends. */
export class Distribution {
  /** Counts, one more than there are bins: the first is 0, the last the number of values. */
  private readonly below = new Float64Array(bins + 1);

  constructor(values: Float32Array) {
    for (const value of values)
      this.below[Math.min(bins - 1, Math.max(0, Math.floor(value * bins))) + 1]! += 1;
    for (let edge = 1; edge <= bins; edge += 1) this.below[edge]! += this.below[edge - 1]!;
  }

  /** @param share within 0…1. @returns the value that this share of the values is below, linear within a bin */
  quantile(share: number): number {
    const wanted = share * this.below[bins]!;
    let [first, last] = [0, bins - 1];
    while (first < last) {
      const middle = (first + last) >> 1;
      if (this.below[middle + 1]! < wanted) first = middle + 1;
      else last = middle;
    }
    const count = this.below[first + 1]! - this.below[first]!;
    return (first + (count > 0 ? (wanted - this.below[first]!) / count : 0)) / bins;
  }
}
