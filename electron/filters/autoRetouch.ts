import type { FilterDescription, ParameterDescription, ParameterValues } from '../contract/filters';
import { checkpoint } from './checkpoint';
import type { FilterRuntime } from './filter';
import { pictureRange } from './pictureRange';
import { toneCurve } from './retouch/toneCurve';
import { castPowers } from './retouch/whiteBalance';
import { lumaPlane, relit } from './tone/luma';
import { clippedPlanes } from './unitPlanes';
import { numberValue } from './values';
import { type UnitPicture, wholePictureFilter } from './wholePicture';

const strength = (name: string, title: string, summary: string): ParameterDescription => ({
  kind: 'number',
  name,
  title,
  summary,
  unit: '',
  min: 0,
  max: 1,
  step: 0.05,
  default: 1,
  integer: false,
  scale: 'linear',
});

const description: FilterDescription = {
  id: 'auto-retouch',
  title: 'Auto retouch',
  summary:
    'Improves exposure, contrast, white balance and saturation of the whole picture, from its own statistics: an algorithm, not a person. Well exposed pictures hardly change.',
  guidance: 'unused',
  leastFactor: 1,
  opacityTitle: 'Strength',
  parameters: [
    strength(
      'light',
      'Light',
      'How far the black, middle and white points move to where well exposed pictures have them.',
    ),
    strength('colour', 'Colour', 'How much of a colour cast is taken out and how much pale colours gain.'),
  ],
  paper:
    'J. Huo et al., Robust Automatic White Balance Algorithm Using Gray Color Points in Images, 2006; N. Limare et al., Simplest Color Balance, 2011; E. Reinhard et al., Photographic Tone Reproduction for Digital Images, 2002',
  secondsPerMegapixel: 1,
};

/** Planes of the target, clipped, balanced and of the result, luma before and after, the raster that comes in and the one that goes out. */
const bytesPerPixel = 4 * (4 * 3 + 2 + 3 + 3);

/** Mean difference of the largest and the smallest channel from which on a picture needs no more colour. */
const colourful = 0.2;
/** What the chroma of the palest colours gains at most. */
const mostVibrance = 0.3;

/**
 * Global tonal adjustment: white balance (`castPowers`), a curve of luma (`toneCurve`), chroma with the luma and a little
 * more for pale colours in a pale picture. Stands in for the experts whose retouching the deep guided filter's paper clones
 * (section V-A 5; V. Bychkovsky et al., Learning Photographic Global Tonal Adjustment, CVPR 2011). Luma is the weighted sum of sRGB values, so that chroma can be held within them
 * without clipping. Values are scaled by `pictureRange` and clipped to it. A copy of a picture that comes with a larger one is changed
 * by the statistics of that.
 */
export const autoRetouch = wholePictureFilter({
  description,
  bytesPerPixel,
  range: pictureRange,
  change: retouched,
});

async function retouched(
  planes: readonly Float32Array[],
  _size: unknown,
  parameters: ParameterValues,
  { signal, progress }: FilterRuntime,
  larger: UnitPicture | null,
): Promise<readonly Float32Array[]> {
  const [light, colour] = [numberValue(parameters, 'light'), numberValue(parameters, 'colour')];
  if (light === 0 && colour === 0) return planes;
  const inside = clippedPlanes(planes);
  const seen = larger ? clippedPlanes(larger.planes) : inside;
  if (inside.length === 1) return [inside[0]!.map(toneCurve(seen[0]!, light))];
  const powers = castPowers(seen);
  progress?.(0.6);
  await checkpoint(signal);
  const balanced = (colours: readonly Float32Array[]): Balanced => {
    const without = colours.map((plane, c) => {
      const power = powers[c]! ** colour;
      return plane.map((value) => value ** power);
    });
    return { planes: without, luma: lumaPlane(without) };
  };
  const picture = balanced(inside);
  const judged = larger ? balanced(seen) : picture;
  progress?.(0.8);
  await checkpoint(signal);
  return toned(picture, tonesOf(judged, light, colour));
}

/** A picture without its cast. */
interface Balanced extends Pick<UnitPicture, 'planes'> {
  readonly luma: Float32Array;
}

/** A curve of luma, and what the chroma of the palest colours gains. */
interface Tones {
  readonly curve: (luma: number) => number;
  readonly vibrance: number;
}

const tonesOf = ({ planes, luma }: Balanced, light: number, colour: number): Tones => ({
  curve: toneCurve(luma, light),
  vibrance: colour * vibranceOf(planes),
});

/** The curve of luma, and the chroma that goes with it. */
const toned = ({ planes, luma }: Balanced, { curve, vibrance }: Tones): Float32Array[] =>
  relit(planes, luma, luma.map(curve), (red, green, blue) => {
    const pale = 1 - spread(red, green, blue);
    return 1 + vibrance * pale * pale;
  });

const spread = (r: number, g: number, b: number) => Math.max(r, g, b) - Math.min(r, g, b);

function vibranceOf(planes: readonly Float32Array[]): number {
  const [reds, greens, blues] = planes as [Float32Array, Float32Array, Float32Array];
  let sum = 0;
  for (let i = 0; i < reds.length; i += 1) sum += spread(reds[i]!, greens[i]!, blues[i]!);
  return Math.min(mostVibrance, Math.max(0, colourful / Math.max(1e-6, sum / reds.length) - 1));
}
