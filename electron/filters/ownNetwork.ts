import type { ParameterValues } from '../contract/filters';
import { createRaster, type Raster } from '../raster/raster';
import { upsampleBicubic } from '../raster/upsample';
import type { Filter, FilterInput, FilterRuntime } from './filter';
import { applyLowResolutionModel } from './guided/lowResolution';
import { chosenNetwork, resultKind } from './own/choice';
import { ownNetworkDescription } from './own/description';
import { ownNetworkNotices } from './own/notices';
import { guidanceFor, type Prepared, prepare } from './own/prepare';
import { pictureRange } from './pictureRange';
import { rememberedBy } from './remembered';
import { unitPlanes } from './unitPlanes';
import { choiceValue, numberValue } from './values';

/** The picture in and as shares of its range, the result, and the classes' scores one at a time. */
const bytesPerPixel = 4 * (3 + 3 + 3 + 2);

/** Tiles of one picture share what the network made of it. */
const rememberedPrepared = rememberedBy<Prepared>();

/**
 * A network that the user brought, at low resolution, and the guided filtering layer of Wu et al. (DGF, section III) for full
 * resolution: the linear model of the small picture that gives the small result is applied to the full picture.
 */
export const ownNetwork: Filter = {
  description: ownNetworkDescription,
  tileNeeds(parameters, { own }) {
    const network = chosenNetwork(parameters, own);
    resultKind(parameters, network);
    const { size } = network.input;
    // Both sides of what the network takes are reduced to.
    const shortSide = size ? Math.max(size.width, size.height) : numberValue(parameters, 'side');
    return { reach: 0, multiple: 1, bytesPerPixel, overview: { shortSide } };
  },
  result(parameters, { own }) {
    const kind = resultKind(parameters, chosenNetwork(parameters, own));
    if (kind === 'each') return {};
    return { channels: kind === 'image' ? 3 : 1, values: kind === 'classes' ? 'classes' : 'continuous' };
  },
  notices: (parameters, { own }) => ownNetworkNotices(parameters, chosenNetwork(parameters, own)),
  apply,
};

async function apply(
  input: FilterInput,
  parameters: ParameterValues,
  runtime: FilterRuntime,
): Promise<Raster> {
  const { target, region, overview, whole } = input;
  if (!overview) throw new TypeError('A network was called without an overview.');
  const range = pictureRange(target);
  const { kind, models, labels, ends } = await rememberedPrepared(
    overview,
    [range, parameters],
    runtime.signal,
    () => prepare(overview, range, parameters, runtime),
  );
  const picture = upsampleBicubic(target, region);
  const planes = unitPlanes(picture, range);
  const pixels = region.width * region.height;
  const write = (at: number, out: Float32Array) =>
    applyLowResolutionModel(models[at]!, guidanceFor(kind, planes, at), region, whole, out);
  if (kind === 'classes') return withPlanes(picture, strongest(labels, pixels, write), 1);

  const data = new Float32Array(models.length * pixels);
  const { min, max } = choiceValue(parameters, 'values') === 'raw' ? ends : range;
  const extent = max > min ? max - min : 1;
  for (let channel = 0; channel < models.length; channel += 1)
    write(channel, data.subarray(channel * pixels, (channel + 1) * pixels));
  for (let i = 0; i < data.length; i += 1) data[i] = data[i]! * extent + min;
  return withPlanes(picture, data, models.length === 3 ? 3 : 1);
}

/** The label whose score is the greatest, in every pixel; the first of equal ones. */
function strongest(
  labels: readonly number[],
  pixels: number,
  write: (at: number, out: Float32Array) => void,
): Float32Array {
  const winners = new Float32Array(pixels);
  const most = new Float32Array(pixels).fill(Number.NEGATIVE_INFINITY);
  const scores = new Float32Array(pixels);
  for (const [at, label] of labels.entries()) {
    write(at, scores);
    for (let i = 0; i < pixels; i += 1) {
      if (!(scores[i]! > most[i]!)) continue;
      most[i] = scores[i]!;
      winners[i] = label;
    }
  }
  return winners;
}

/** A colour profile says nothing about one channel that three were made into, or the other way round. */
const withPlanes = (picture: Raster, data: Float32Array, channels: Raster['channels']): Raster =>
  createRaster({ ...picture, data, channels, icc: channels === picture.channels ? picture.icc : null });
