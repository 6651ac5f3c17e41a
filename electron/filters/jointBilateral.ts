import type { FilterDescription, ParameterValues } from '../contract/filters';
import { channelOf, createRaster, type Raster } from '../raster/raster';
import { upsampleBicubic } from '../raster/upsample';
import { rangeWeights } from './bilateral/rangeWeights';
import { samplesWithin } from './bilateral/samples';
import { spatialWeights } from './bilateral/spatialWeights';
import { weightedMeans } from './bilateral/weightedMeans';
import type { Filter, FilterInput } from './filter';
import { numberValue } from './values';

const description: FilterDescription = {
  id: 'joint-bilateral',
  title: 'Joint bilateral',
  summary:
    'Averages the target’s pixels that are near and look alike in the guidance: enlarges and denoises without adding values that are not there.',
  guidance: 'required',
  leastFactor: 1,
  parameters: [
    {
      kind: 'number',
      name: 'radius',
      title: 'Radius',
      summary: 'How far the pixels lie that are averaged, in pixels of the target.',
      unit: 'px',
      min: 1,
      max: 8,
      step: 1,
      default: 2,
      integer: true,
      scale: 'linear',
    },
    {
      kind: 'number',
      name: 'sigmaSpatial',
      title: 'Nearness',
      summary:
        'Standard deviation of the weights over distance, in pixels of the target: more averages more widely, up to the radius.',
      unit: 'px',
      min: 0.3,
      max: 8,
      step: 0.1,
      default: 0.6,
      integer: false,
      scale: 'log',
    },
    {
      kind: 'number',
      name: 'sigmaRange',
      title: 'Likeness',
      summary:
        'Standard deviation of the weights over differences of the guidance (its values taken as 0…1): less keeps more edges.',
      unit: '',
      min: 0.005,
      max: 1,
      step: 0.001,
      default: 0.06,
      integer: false,
      scale: 'log',
    },
  ],
  paper:
    'G. Petschnigg et al., Digital Photography with Flash and No-Flash Image Pairs, ACM SIGGRAPH 2004; J. Kopf, M. F. Cohen, D. Lischinski, M. Uyttendaele, Joint Bilateral Upsampling, ACM SIGGRAPH 2007',
  secondsPerMegapixel: 0.25,
};

/**
 * The joint bilateral filter (Petschnigg et al. 2004), and for targets coarser than the result joint bilateral
 * upsampling (Kopf et al. 2007): every result pixel is the mean of the target's own pixels in a disc around it,
 * weighted by a Gaussian of the distance on the target's grid and one of the difference of the guidance, between the
 * result pixel and the target pixel's centre. Differences of colours are root mean squares over the channels, so that
 * black and white are 1 apart in grey and in colour. Windows are clipped at the picture's border. A pixel whose guidance
 * is unlike that of all samples gets the bicubic value.
 */
export const jointBilateral: Filter = {
  description,
  tileNeeds(parameters, { factor }) {
    const reach = Math.ceil(numberValue(parameters, 'radius') * Math.max(factor.x, factor.y));
    return { reach, multiple: 1, bytesPerPixel: 64 };
  },
  apply: async (input, parameters) => filtered(input, parameters),
};

function filtered(input: FilterInput, parameters: ParameterValues): Raster {
  const { guidance, region, target } = input;
  if (!guidance) throw new TypeError('The joint bilateral filter was called without guidance.');
  const result = unprejudiced(input);
  const radius = numberValue(parameters, 'radius');
  const sigma = numberValue(parameters, 'sigmaSpatial');
  const { factor } = target;
  const window = {
    radius,
    columns: spatialWeights({ start: region.x, length: region.width }, factor.x, radius, sigma),
    rows: spatialWeights({ start: region.y, length: region.height }, factor.y, radius, sigma),
    range: rangeWeights(numberValue(parameters, 'sigmaRange')),
  };
  const out = Array.from({ length: result.channels }, (_, channel) => channelOf(result, channel));
  weightedMeans(region, guidance, samplesWithin(region, target, guidance), window, out);
  return result;
}

/** What is there without the guidance's word: the bicubic values, like means never beyond the target's own. */
function unprejudiced({ target, region }: FilterInput): Raster {
  const enlarged = upsampleBicubic(target, region);
  const { min, max } = target.valueRange;
  return createRaster({
    ...enlarged,
    data: enlarged.data.map((value) => Math.min(max, Math.max(min, value))),
  });
}
