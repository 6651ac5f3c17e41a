import type { ParameterValues } from '../../contract/filters';
import type { Range, Size } from '../../contract/geometry';
import type { OwnNetwork } from '../../contract/ownNetworks';
import type { Raster } from '../../raster/raster';
import { reducedByMeans } from '../../raster/reduceArea';
import { upsampleBicubic } from '../../raster/upsample';
import type { NetworkTensor } from '../filter';
import { lumaOf } from '../tone/luma';
import { choiceValue, numberValue } from '../values';
import { sizeMultiple } from './choice';

/** The size a network is run at: its own, or the overview's made to fit its multiple. */
export function networkSize(overview: Size, parameters: ParameterValues, network: OwnNetwork): Size {
  if (network.input.size) return network.input.size;
  const multiple = sizeMultiple(parameters, network);
  const fitted = (side: number) => Math.max(1, Math.floor(side / multiple)) * multiple;
  return { width: fitted(overview.width), height: fitted(overview.height) };
}

/** All of a picture in another size, each axis reduced by means over areas or enlarged bicubically. */
export function resized(raster: Raster, size: Size): Raster {
  const smaller = { width: Math.min(raster.width, size.width), height: Math.min(raster.height, size.height) };
  const factor = { x: size.width / smaller.width, y: size.height / smaller.height };
  const view = { raster: reducedByMeans(raster, smaller), offset: { x: 0, y: 0 }, factor, whole: smaller };
  return upsampleBicubic(view, { x: 0, y: 0, ...size });
}

const colours = ['Red', 'Green', 'Blue'] as const;
/** Deng et al. 2009, as torchvision and others have them, for values of 0…1. */
const imagenet = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] } as const;

/** What black and white are for a network. */
export function expectedRange(parameters: ParameterValues, { input }: OwnNetwork): Range {
  const wanted = choiceValue(parameters, 'range');
  const range = wanted === 'auto' ? (input.type === 'uint8' ? 'byte' : 'unit') : wanted;
  if (range === 'signed') return { min: -1, max: 1 };
  return { min: 0, max: range === 'byte' ? 255 : 1 };
}

/**
 * A picture as a network expects it.
 * @param planes one or three, red first, values of 0…1
 */
export function networkPicture(
  planes: readonly Float32Array[],
  size: Size,
  parameters: ParameterValues,
  network: OwnNetwork,
): NetworkTensor {
  const { channels } = network.input;
  const pixels = size.width * size.height;
  const data = new Float32Array(channels * pixels);
  for (const [place, colour] of channelOrder(parameters, channels).entries()) {
    const { scale, offset } = scaling(parameters, network, colour);
    const value = sampler(planes, colour);
    for (let i = 0; i < pixels; i += 1) data[place * pixels + i] = value(i) * scale + offset;
  }
  return { data, channels, ...size };
}

/** The colours (0 red, 1 green, 2 blue) in the order of a network's channels; null stands for grey. */
export const channelOrder = (parameters: ParameterValues, channels: number): (number | null)[] => {
  if (channels !== 3) return [null];
  return choiceValue(parameters, 'order') === 'bgr' ? [2, 1, 0] : [0, 1, 2];
};

function sampler(planes: readonly Float32Array[], colour: number | null): (i: number) => number {
  const [first, second, third] = planes;
  if (!first) throw new TypeError('A picture without channels.');
  if (!second || !third) return (i) => first[i]!;
  if (colour !== null) {
    const plane = planes[colour]!;
    return (i) => plane[i]!;
  }
  return (i) => lumaOf(first[i]!, second[i]!, third[i]!);
}

/** From 0…1 to the range, less the mean, by the deviation: one factor and one summand. A grey channel takes green's. */
function scaling(parameters: ParameterValues, network: OwnNetwork, colour: number | null) {
  const { min, max } = expectedRange(parameters, network);
  const normalisation = choiceValue(parameters, 'normalisation');
  const index = colour ?? 1;
  let [mean, deviation] = [0, 1];
  if (normalisation === 'imagenet') {
    mean = min + imagenet.mean[index]! * (max - min);
    deviation = imagenet.deviation[index]! * (max - min);
  } else if (normalisation === 'custom') {
    mean = numberValue(parameters, `mean${colours[index]}`);
    deviation = numberValue(parameters, `deviation${colours[index]}`);
  }
  return { scale: (max - min) / deviation, offset: (min - mean) / deviation };
}
