/** One stage of a transform: `groups` butterflies of `radix` elements, each repeated over `stride` interleaved parts. */
export interface Stage {
  readonly radix: number;
  readonly groups: number;
  readonly stride: number;
}

/** Stages for a length: fours first, which need the fewest operations. */
export function stagesOf(length: number): Stage[] {
  const stages: Stage[] = [];
  for (let rest = length, radix = 4; rest > 1; ) {
    if (rest % radix === 0) {
      stages.push({ radix, stride: length / rest, groups: rest / radix });
      rest /= radix;
    } else if (radix === 4) radix = 2;
    else if (radix === 2) radix = 3;
    else radix += 2;
  }
  return stages;
}

/**
 * The length of the transform that a line of this length is transformed by: its own, or for the convolution with a chirp
 * that a large prime factor makes cheaper, one of at least twice the length.
 */
export function innerLength(length: number): number {
  const longer = cheapestFrom(2 * length - 1);
  return stagesCost(length) * length > convolutionCost(longer) ? longer : length;
}

/** What an element of four lines takes: about nanoseconds on a core of 2023. Only proportions matter. */
export const elementCost = (length: number): number => {
  const inner = innerLength(length);
  return inner === length ? stagesCost(length) : convolutionCost(inner) / length;
};

const convolutionCost = (inner: number) => inner * (2 * stagesCost(inner) + chirpCost);

/** Of an element, multiplying with chirps and filter. */
const chirpCost = 3;

/** Of an element, all stages. */
const stagesCost = (length: number) => stagesOf(length).reduce((sum, { radix }) => sum + radixCost(radix), 0);

/** Measured. */
function radixCost(radix: number): number {
  if (radix === 2) return 0.8;
  if (radix === 4) return 1.3;
  return radix <= 7 ? 0.4 * radix : 1 + 0.3 * radix;
}

/** The length from `least` on that has no prime factor above 5 and takes the least time. */
function cheapestFrom(least: number): number {
  let best = 2 ** Math.ceil(Math.log2(least));
  let bestCost = best * stagesCost(best);
  for (let fives = 1; fives < best; fives *= 5) {
    for (let threes = fives; threes < best; threes *= 3) {
      const length = threes * 2 ** Math.max(0, Math.ceil(Math.log2(least / threes)));
      const cost = length * stagesCost(length);
      if (cost < bestCost) [best, bestCost] = [length, cost];
    }
  }
  return best;
}
