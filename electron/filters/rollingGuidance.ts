import type { FilterDescription, ParameterValues } from '../contract/filters';
import type { Rect } from '../contract/geometry';
import { createRaster, type Raster } from '../raster/raster';
import { upsampleBicubic } from '../raster/upsample';
import { rangeWeights } from './bilateral/rangeWeights';
import { spatialWeights } from './bilateral/spatialWeights';
import { weightedMeans } from './bilateral/weightedMeans';
import { checkpoint } from './checkpoint';
import type { Filter, FilterInput, FilterRuntime } from './filter';
import { GaussianBlur } from './gaussianBlur';
import { unitPlanes, withUnitPlanes } from './unitPlanes';
import { numberValue } from './values';

const description: FilterDescription = {
  id: 'rolling-guidance',
  title: 'Rolling guidance',
  summary:
    'Takes out everything smaller than a given size and brings the edges of what is larger back to where they were. Needs no guidance.',
  guidance: 'unused',
  leastFactor: 1,
  parameters: [
    {
      kind: 'number',
      name: 'sigmaSpatial',
      title: 'Size',
      summary: 'Standard deviation over distance: structures up to about this size disappear.',
      unit: 'px',
      min: 0.5,
      max: 10,
      step: 0.1,
      default: 3,
      integer: false,
      scale: 'log',
    },
    {
      kind: 'number',
      name: 'sigmaRange',
      title: 'Likeness',
      summary:
        'Standard deviation over differences of the picture that comes about (the target’s range taken as 0…1): less brings back sharper edges.',
      unit: '',
      min: 0.005,
      max: 1,
      step: 0.001,
      default: 0.1,
      integer: false,
      scale: 'log',
    },
    {
      kind: 'number',
      name: 'iterations',
      title: 'Rounds',
      summary: 'The first one removes small structures, the others bring back the edges of large ones.',
      unit: '',
      min: 1,
      max: 10,
      step: 1,
      default: 4,
      integer: true,
      scale: 'linear',
    },
  ],
  paper: 'Q. Zhang, X. Shen, L. Xu, J. Jia, Rolling Guidance Filter, ECCV 2014',
  secondsPerMegapixel: 15,
};

/** Weights beyond are below 0.012 of the largest. */
const radiusOf = (sigma: number) => Math.ceil(3 * sigma);

/**
 * The rolling guidance filter (Zhang et al. 2014): J⁰ is constant, and every Jᵗ⁺¹ is the joint bilateral mean of the
 * target with Jᵗ as the guidance, so that J¹ is a Gaussian blur. A target coarser than the result is enlarged bicubically.
 */
export const rollingGuidance: Filter = {
  description,
  tileNeeds(parameters) {
    const radius = radiusOf(numberValue(parameters, 'sigmaSpatial'));
    return { reach: radius * numberValue(parameters, 'iterations'), multiple: 1, bytesPerPixel: 72 };
  },
  apply: rolled,
};

async function rolled(
  { target, region }: FilterInput,
  parameters: ParameterValues,
  runtime: FilterRuntime,
): Promise<Raster> {
  const enlarged = upsampleBicubic(target, region);
  const planes = unitPlanes(enlarged, target.valueRange);
  const mean = jointMeans(region, planes, parameters);
  const iterations = numberValue(parameters, 'iterations');
  let guidance = blurred(region, planes, parameters);
  for (let iteration = 1; iteration < iterations; iteration += 1) {
    runtime.progress?.(iteration / iterations);
    await checkpoint(runtime.signal);
    guidance = mean(guidance);
  }
  return withUnitPlanes(enlarged, guidance, target.valueRange);
}

/** The first step: what a constant guidance gives. */
function blurred(region: Rect, planes: readonly Float32Array[], parameters: ParameterValues): Float32Array[] {
  const blur = new GaussianBlur(region, numberValue(parameters, 'sigmaSpatial'));
  const result = planes.map((plane) => plane.slice());
  for (const plane of result) blur.apply(plane);
  return result;
}

/** Every other step, on a region's planes: from a guidance to the next one. */
function jointMeans(region: Rect, planes: readonly Float32Array[], parameters: ParameterValues) {
  const sigma = numberValue(parameters, 'sigmaSpatial');
  const radius = radiusOf(sigma);
  const window = {
    radius,
    columns: spatialWeights({ start: region.x, length: region.width }, 1, radius, sigma),
    rows: spatialWeights({ start: region.y, length: region.height }, 1, radius, sigma),
    range: rangeWeights(numberValue(parameters, 'sigmaRange')),
  };
  const place = {
    columns: { first: region.x, count: region.width },
    rows: { first: region.y, count: region.height },
  };
  return (guidance: readonly Float32Array[]): Float32Array[] => {
    const out = planes.map((plane) => new Float32Array(plane.length));
    const samples = { ...place, guidance, target: planes };
    weightedMeans(region, rasterOf(region, guidance), samples, window, out);
    return out;
  };
}

function rasterOf({ width, height }: Rect, planes: readonly Float32Array[]): Raster {
  const data = new Float32Array(planes.length * width * height);
  for (const [channel, plane] of planes.entries()) data.set(plane, channel * plane.length);
  return createRaster({ width, height, channels: planes.length === 3 ? 3 : 1, data });
}
