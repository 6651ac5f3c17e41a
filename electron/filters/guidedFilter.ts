import type { FilterDescription, ParameterValues } from '../contract/filters';
import { channelOf, createRaster, type Raster } from '../raster/raster';
import { upsampleBicubic } from '../raster/upsample';
import type { Filter, FilterInput } from './filter';
import { linearModel } from './guided/linearModel';
import type { ModelInput } from './guided/model';
import { smallRadius, subsampledModel } from './guided/subsampled';
import { numberValue } from './values';

const description: FilterDescription = {
  id: 'guided-filter',
  title: 'Guided filter',
  summary:
    'Smooths the target but keeps the edges the guidance has: a fast classic for refining, denoising and detail.',
  guidance: 'required',
  leastFactor: 1,
  parameters: [
    {
      kind: 'number',
      name: 'radius',
      title: 'Radius',
      summary:
        'Half the side of the window in which the target is taken as a linear function of the guidance.',
      unit: 'px',
      min: 1,
      max: 128,
      step: 1,
      default: 8,
      integer: true,
      scale: 'log',
    },
    {
      kind: 'number',
      name: 'epsilon',
      title: 'Smoothing',
      summary:
        'Variance of the guidance (its values taken as 0…1) below which it counts as flat: more smooths more.',
      unit: '',
      min: 1e-6,
      max: 1,
      step: 1e-6,
      default: 1e-4,
      integer: false,
      scale: 'log',
    },
    {
      kind: 'number',
      name: 'subsampling',
      title: 'Subsampling',
      summary:
        'Computes the model on inputs this much smaller: faster, slightly less exact. 1 is the full filter.',
      unit: '×',
      min: 1,
      max: 16,
      step: 1,
      default: 1,
      integer: true,
      scale: 'linear',
    },
  ],
  paper:
    'K. He, J. Sun, X. Tang, Guided Image Filtering, IEEE TPAMI 2013; K. He, J. Sun, Fast Guided Filter, 2015',
  secondsPerMegapixel: 0.05,
};

/**
 * The guided filter (He et al. 2013) with grey or coloured guidance; with `subsampling`, its fast variant (He & Sun
 * 2015). The target is first enlarged bicubically to the result grid: joint upsampling.
 */
export const guidedFilter: Filter = {
  description,
  tileNeeds(parameters) {
    const radius = numberValue(parameters, 'radius');
    const subsampling = numberValue(parameters, 'subsampling');
    // Two box filters; subsampled also the neighbour of the interpolation and the rest of its block.
    const reach = subsampling === 1 ? 2 * radius : (2 * smallRadius(radius, subsampling) + 2) * subsampling;
    return { reach, multiple: subsampling, bytesPerPixel: 48 };
  },
  apply: async (input, parameters) => filtered(input, parameters),
};

function filtered(input: FilterInput, parameters: ParameterValues): Raster {
  const { guidance, target } = input;
  if (!guidance) throw new TypeError('The guided filter was called without guidance.');
  const subsampling = numberValue(parameters, 'subsampling');
  const upsampled = upsampleBicubic(target, input.region);
  const { width, height, channels } = upsampled;
  const { min, max } = target.valueRange;
  // Within 0…1 whatever the unit, so that single precision is enough for the coefficients.
  const extent = max > min ? max - min : 1;
  const data = new Float32Array(upsampled.data.length);
  for (let channel = 0; channel < channels; channel += 1) {
    const plane = channelOf(upsampled, channel);
    const normalised = new Float32Array(plane.length);
    for (let i = 0; i < plane.length; i += 1) normalised[i] = (plane[i]! - min) / extent;
    const model: ModelInput = {
      width,
      height,
      guidance: guidance.data,
      guidanceChannels: guidance.channels,
      target: normalised,
      radius: numberValue(parameters, 'radius'),
      epsilon: numberValue(parameters, 'epsilon'),
    };
    const out = data.subarray(channel * plane.length, (channel + 1) * plane.length);
    const apply = guidance.channels === 3 ? applyColour : applyGrey;
    const emit = (row: number, means: Float64Array) => apply(guidance, row, means, out, min, extent);
    if (subsampling === 1) linearModel(model, emit);
    else subsampledModel(model, subsampling, emit);
  }
  return createRaster({ ...upsampled, data });
}

function applyColour(
  guidance: Raster,
  row: number,
  means: Float64Array,
  out: Float32Array,
  min: number,
  extent: number,
): void {
  const { data, width } = guidance;
  const plane = width * guidance.height;
  for (let x = 0, i = row * width, c = 0; x < width; x += 1, i += 1, c += 4) {
    const value =
      means[c]! * data[i]! +
      means[c + 1]! * data[i + plane]! +
      means[c + 2]! * data[i + 2 * plane]! +
      means[c + 3]!;
    out[i] = value * extent + min;
  }
}

function applyGrey(
  guidance: Raster,
  row: number,
  means: Float64Array,
  out: Float32Array,
  min: number,
  extent: number,
): void {
  const { data, width } = guidance;
  for (let x = 0, i = row * width; x < width; x += 1, i += 1) {
    out[i] = (means[x * 2]! * data[i]! + means[x * 2 + 1]!) * extent + min;
  }
}
