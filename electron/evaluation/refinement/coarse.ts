import { GaussianBlur } from '../../filters/gaussianBlur';
import { createRaster, type Raster } from '../../raster/raster';
import { reduceBicubic } from '../../raster/reduceBicubic';
import { maskFactor } from '../maskSettings';
import { type Displacement, displaced } from './displaced';
import { largestAround, smallestAround } from './extremes';

/**
 * What networks do to contours, beside answering on a grid an eighth as fine: nothing more, let them wander, draw
 * objects too small, draw them too large.
 */
export const coarseKinds = ['blurred', 'jittered', 'eroded', 'dilated'] as const;
export type CoarseKind = (typeof coarseKinds)[number];

/** How much smaller coarse maps are: the output stride of DeepLab, and of the masks in DAGF’s Table II. */
export const coarseFactor = maskFactor;
/** Standard deviation of the blur before the reduction, in pixels of the photo. */
const blur = 4;
const jitter: Displacement = { deviation: 4, smoothness: 16 };
/** How far objects shrink or grow, in pixels of the photo. */
const reach = 4;

/** For the protocols. */
export const coarseProtocol =
  `Coarse maps are made of the ground truth as networks would draw it. blurred: a Gaussian of standard deviation ${blur} pixels, then reduced ×${coarseFactor}, ` +
  `antialiased bicubic with a = −0.5. The others are treated alike after their contours were moved: jittered by smooth noise (standard deviation ${jitter.deviation} pixels along each axis, ` +
  `white noise smoothed by a Gaussian of ${jitter.smoothness} pixels, seeded by the scene), eroded and dilated by ${reach} pixels (the smallest or largest value in a square around each pixel: ` +
  'objects shrink or grow; of disparities, what is near). They stay floats.';

/**
 * A map with its contours moved, at its own size.
 * @param map one channel, every pixel known
 * @param seed of the noise
 */
export function moved(map: Raster, kind: CoarseKind, seed: number): Raster {
  if (kind === 'jittered') return displaced(map, jitter, seed);
  if (kind === 'eroded') return smallestAround(map, reach);
  if (kind === 'dilated') return largestAround(map, reach);
  return map;
}

/** Blurred and reduced. @param map one channel, every pixel known, sides multiples of `coarseFactor` */
export function coarse(map: Raster): Raster {
  const { width, height } = map;
  const data = map.data.slice();
  new GaussianBlur(map, blur).apply(data);
  return reduceBicubic(createRaster({ ...map, data }), {
    width: width / coarseFactor,
    height: height / coarseFactor,
  });
}
