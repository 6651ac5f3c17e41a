/** Maps a difference, whole range 1, to another. */
export type ContrastCurve = (difference: number) => number;

/**
 * The curve through 0 with the slope `gain` there. From gain 1 on it is the sigmoid of Farbman et al. (2008, section 4.1),
 * S(x) = ½·tanh(2zx) / tanh z, which leaves ±½ where they are, so that strong differences do not grow without limit; its
 * slope is z / tanh z. Below 1 it is a line.
 * @param gain from 0
 */
export function contrastCurve(gain: number): ContrastCurve {
  if (gain === 1) return (difference) => difference;
  const z = gain > 1 ? steepness(gain) : 0;
  // So close to 1 the sigmoid is a line as well.
  if (z < 1e-6) return (difference) => gain * difference;
  const height = 0.5 / Math.tanh(z);
  return (difference) => height * Math.tanh(2 * z * difference);
}

/** The z with z / tanh z = gain, which grows with z, by halving. */
function steepness(gain: number): number {
  let [low, high] = [0, gain];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (middle < gain * Math.tanh(middle)) low = middle;
    else high = middle;
  }
  return high;
}
