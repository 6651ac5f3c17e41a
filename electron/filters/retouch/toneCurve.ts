import { Distribution } from '../tone/distribution';
import { type Knot, monotoneCubic } from '../tone/monotoneCubic';

/** A quantile of luma: where it may lie in a good picture, and how far it is moved to get there. */
interface Aim {
  readonly share: number;
  readonly least: number;
  readonly most: number;
  readonly farthest: number;
}

/** Middle grey, 18 % of the light, is a luma of 0.46. */
const [black, middle, white] = [
  { share: 0.01, least: 0, most: 0.05, farthest: 0.15 },
  { share: 0.5, least: 0.4, most: 0.55, farthest: 0.2 },
  { share: 0.99, least: 0.92, most: 0.99, farthest: 0.3 },
] as const satisfies readonly Aim[];

/** No line between two knots is steeper: noise and steps of 8 bits grow as much. */
const steepest = 2;
/** None is flatter: what is beyond the black and the white point stays apart. */
const flattest = 0.2;
/** Least distance of the knots. */
const apart = 0.01;

/**
 * A curve of luma from the picture's own: its black, middle and white points go where those of well exposed pictures are, 0 and 1
 * stay, and what lies between follows a monotone cubic. A curve through few points, as retouchers draw it; clipped quantiles for
 * its ends after N. Limare et al., Simplest Color Balance, IPOL 2011, yet here nothing is clipped; the middle's aim is
 * E. Reinhard et al., Photographic Tone Reproduction for Digital Images, SIGGRAPH 2002, a band around middle grey.
 * @param luma 0…1
 * @param strength 0…1; 0 is the identity
 */
export function toneCurve(luma: Float32Array, strength: number): (value: number) => number {
  const knots = knotsFor(new Distribution(luma));
  return monotoneCubic(knots.map(({ x, y }) => ({ x, y: x + strength * (y - x) })));
}

function knotsFor(distribution: Distribution): readonly Knot[] {
  const centre = within(distribution.quantile(middle.share), 2 * apart, 1 - 2 * apart);
  const dark = within(distribution.quantile(black.share), apart, centre - apart);
  const bright = within(distribution.quantile(white.share), centre + apart, 1 - apart);
  // The middle moves first, yet not so far that the ends would have to follow it: black is not lifted with it.
  const turn = held(aimed(centre, middle), still(dark), still(bright));
  const low = held(aimed(dark, black), still(0), turn);
  const high = held(aimed(bright, white), turn, still(1));
  return [still(0), low, turn, high, still(1)];
}

const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

const still = (place: number): Knot => ({ x: place, y: place });

const aimed = (x: number, { least, most, farthest }: Aim): Knot => ({
  x,
  y: x + within(within(x, least, most) - x, -farthest, farthest),
});

/** The knot, moved until the lines to both neighbours are neither too steep nor too flat. */
function held({ x, y }: Knot, before: Knot, after: Knot): Knot {
  const [left, right] = [x - before.x, after.x - x];
  const least = Math.max(before.y + left * flattest, after.y - right * steepest);
  const most = Math.min(before.y + left * steepest, after.y - right * flattest);
  return { x, y: Math.min(most, Math.max(least, y)) };
}
