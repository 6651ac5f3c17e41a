import type { ParameterValues } from '../contract/filters';
import { padByReflection, paddedSize } from '../raster/pad';
import { channelOf, createRaster, type Raster } from '../raster/raster';
import { upsampleBicubic } from '../raster/upsample';
import { upsampleBilinear } from '../raster/upsampleBilinear';
import { checkpoint } from './checkpoint';
import { dagfDescription } from './dagfDescription';
import { chooseModel, leastFactorOf, type ModelOutput } from './dagfModel';
import { dagfNotices } from './dagfNotices';
import { suitedTarget } from './dagfTarget';
import type { Filter, FilterInput, FilterRuntime, NetworkTensor, TargetView, TileNeeds } from './filter';
import type { DagfModel } from './networkModel';

/**
 * The peak per result pixel of networks with 32 channels, measured with ONNX Runtime on the CPU: 1.1–1.5 kB from 384² to 640² tiles, of
 * wide ones with 64 channels 3.0 kB at 384²; fast ones 0.44–0.47 kB from 512² to 960².
 */
const usualBytesPerPixel: Readonly<Record<DagfModel['variant'], number>> = {
  standard: 1600,
  wide: 1600,
  fast: 600,
};
/** Fewer count as these: what else they are like, as in ablations, is not known. */
const usualChannels = 32;

/**
 * How much farther than one pixel of an output, whose reach counts from its area, a result pixel reaches that is interpolated
 * from two: the pixel just past the middle of one area sees all of the next.
 */
const interpolationReach = (scale: number) => Math.floor(1.5 / scale - 1);

async function apply(
  input: FilterInput,
  parameters: ParameterValues,
  runtime: FilterRuntime,
): Promise<Raster> {
  const { factor, noise } = input.target;
  const chosen = chooseModel(parameters, {
    factor,
    noise,
    models: (network) => runtime.networks.models(network),
  });
  const given = suitedTarget(input.target, chosen);
  if (!chosen.denoiser) return restored(given, chosen, input, runtime);
  if (!input.prepared) throw new TypeError('DAGF was called without the target that it has cleaned.');
  return restored(input.prepared, chosen, input, runtime, given);
}

/**
 * What the network makes of a target over a region, channel by channel.
 * @param noisy the target before it was cleaned, on the same grid: a model that sees it gets it beside the other
 */
async function restored(
  target: TargetView,
  { model, output }: ModelOutput,
  input: Pick<FilterInput, 'region' | 'guidance'>,
  runtime: FilterRuntime,
  noisy = target,
): Promise<Raster> {
  const { valueRange } = target;
  if (!input.guidance) throw new TypeError('DAGF was called without guidance.');
  const upsampled = upsampleBicubic(target, input.region);
  const extent = valueRange.max - valueRange.min;
  if (!(extent > 0)) return createRaster({ ...upsampled, data: upsampled.data.map(() => valueRange.min) });

  const size = { width: upsampled.width, height: upsampled.height };
  const padded = paddedSize(size, model.sizeMultiple);
  const guidance = guidanceTensor(input.guidance, padded);
  const beside = model.seesNoisy ? upsampleBicubic(noisy, input.region) : null;
  // Both by the same range: what the cleaning took away is their difference.
  const planeOf = (picture: Raster, channel: number): NetworkTensor => {
    const normalised = channelOf(picture, channel).map((value) => (value - valueRange.min) / extent);
    const plane = tensor(1, padded);
    padByReflection(normalised, size, padded, plane.data);
    return plane;
  };
  const data = new Float32Array(upsampled.data.length);
  for (let channel = 0; channel < upsampled.channels; channel += 1) {
    await checkpoint(runtime.signal);
    const result = await runtime.networks.run(model.id, output.id, {
      target: planeOf(upsampled, channel),
      guidance,
      ...(beside && { noisy: planeOf(beside, channel) }),
    });
    const full = upsampleBilinear(result.data, result, Math.round(1 / output.scale));
    const out = data.subarray(channel * size.width * size.height);
    for (let y = 0; y < size.height; y += 1) {
      for (let x = 0; x < size.width; x += 1) {
        out[y * size.width + x] = full[y * padded.width + x]! * extent + valueRange.min;
      }
    }
    runtime.progress?.((channel + 1) / upsampled.channels);
  }
  return createRaster({ ...upsampled, data });
}

/** Three planes, a grey guidance tripled, continued by reflection to the padded size. */
function guidanceTensor(guidance: Raster, padded: { width: number; height: number }): NetworkTensor {
  const result = tensor(3, padded);
  const pixels = padded.width * padded.height;
  for (let channel = 0; channel < 3; channel += 1) {
    const plane = channelOf(guidance, guidance.channels === 1 ? 0 : channel);
    padByReflection(plane, guidance, padded, result.data.subarray(channel * pixels, (channel + 1) * pixels));
  }
  return result;
}

const tensor = (channels: number, size: { width: number; height: number }): NetworkTensor => ({
  data: new Float32Array(channels * size.width * size.height),
  channels,
  width: size.width,
  height: size.height,
});

const needsOf = ({ model, output }: ModelOutput): TileNeeds => ({
  reach: output.reach + interpolationReach(output.scale),
  multiple: model.sizeMultiple,
  bytesPerPixel: usualBytesPerPixel[model.variant] * Math.max(1, model.channels / usualChannels),
  network: { model: model.id, output: output.id },
});

/**
 * DAGF: the network for the picture's own factor, on a target scaled to 0…1 by the range of all of it and enlarged
 * bicubically. Target channels are filtered one by one. The noise of a small target is removed on its own grid beforehand,
 * by a network for that, where the weights are for targets so cleaned; some of them see it with its noise as well.
 */
export const dagf: Filter = {
  description: dagfDescription,
  tileNeeds: (parameters, context) => needsOf(chooseModel(parameters, context)),
  preparation(parameters, context) {
    const chosen = chooseModel(parameters, context);
    const { denoiser, model, factor } = chosen;
    return (
      denoiser && {
        key: `${denoiser.model.id} for ${model.id} ×${factor}`,
        needs: needsOf(denoiser),
        suited: (view) => suitedTarget(view, chosen),
        apply: (input, _, runtime) => restored(input.target, denoiser, input, runtime),
      }
    );
  },
  notices: dagfNotices,
  leastFactor: leastFactorOf,
  apply,
};
