/** A line of pixels divided among fewer: pixels `from[i]` up to before `to[i]` belong to result pixel `place[i]` by `weight[i]`. */
export interface Shares {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly place: Int32Array;
  readonly weight: Float64Array;
}

/** All pixels of a line in order, as long runs as there are; one that is cut belongs to two result pixels, to each in part. */
export function sharesOf(length: number, shorter: number): Shares {
  const extent = length / shorter;
  const runs: { from: number; to: number; place: number; weight: number }[] = [];
  for (let place = 0; place < shorter; place += 1) {
    const [begin, end] = [place * extent, place === shorter - 1 ? length : (place + 1) * extent];
    const [from, to] = [Math.ceil(begin), Math.floor(end)];
    if (from > begin) runs.push({ from: from - 1, to: from, place, weight: from - begin });
    if (to > from) runs.push({ from, to, place, weight: 1 });
    if (end > to) runs.push({ from: to, to: to + 1, place, weight: end - to });
  }
  return {
    from: Int32Array.from(runs, (run) => run.from),
    to: Int32Array.from(runs, (run) => run.to),
    place: Int32Array.from(runs, (run) => run.place),
    weight: Float64Array.from(runs, (run) => run.weight),
  };
}

/** The same for lines that come one after the other: line `i` belongs to `first[i]` by `share[i]`, by the rest to the next one. */
export interface LineShares {
  readonly first: Int32Array;
  readonly share: Float64Array;
}

export function lineSharesOf(length: number, shorter: number): LineShares {
  const { from, to, place, weight } = sharesOf(length, shorter);
  const lines = { first: new Int32Array(length).fill(-1), share: new Float64Array(length) };
  for (let run = 0; run < from.length; run += 1)
    for (let line = from[run]!; line < to[run]!; line += 1) {
      if (lines.first[line] !== -1) continue;
      lines.first[line] = place[run]!;
      lines.share[line] = weight[run]!;
    }
  return lines;
}
