import type { ParameterValues } from '../contract/filters';
import { channelOf, createRaster, type Raster } from '../raster/raster';
import { upsampleBilinear } from '../raster/upsampleBilinear';
import { checkpoint } from './checkpoint';
import { dagfDescription } from './dagfDescription';
import { chooseModel, leastFactorOf, type ModelOutput } from './dagfModel';
import { dagfNotices } from './dagfNotices';
import { cleaningOrientationsOf, orientationsOf } from './dagfOrientations';
import { enlargementOf, networkPlanes } from './dagfPlanes';
import { suitedTarget } from './dagfTarget';
import type { Filter, FilterInput, FilterRuntime, TargetView, TileNeeds } from './filter';
import type { DagfModel } from './networkModel';
import type { Orientation } from './orientations';

/**
 * The peak per result pixel of networks with 32 channels, measured with ONNX Runtime on the CPU: 1.1–1.5 kB from 384² to 640² tiles, of
 * wide ones with 64 channels 3.0 kB at 384²; fast ones 0.44–0.47 kB from 512² to 960².
 */
const usualBytesPerPixel: Readonly<Record<DagfModel['variant'], number>> = {
  standard: 1600,
  wide: 1600,
  fast: 600,
};
/**
 * The bytes that a pixel of guidance takes beyond the target's own: three channels as they are read and as the network is given them,
 * one turned.
 */
const guidanceBytesPerPixel = 7 * Float32Array.BYTES_PER_ELEMENT;
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
  const seenIn = orientationsOf(parameters);
  if (!chosen.denoiser) return restored(given, chosen, seenIn, input, runtime);
  if (!input.prepared) throw new TypeError('DAGF was called without the target that it has cleaned.');
  return restored(input.prepared, chosen, seenIn, input, runtime, given);
}

/**
 * What the network makes of a target over a region, channel by channel.
 * @param seenIn the orientations in which it sees target and guidance: the mean of what it makes of them is the result
 * @param noisy the target before it was cleaned, on the same grid: a model that sees it gets it beside the other
 */
async function restored(
  target: TargetView,
  { model, output }: ModelOutput,
  seenIn: readonly Orientation[],
  { region, guidance }: Pick<FilterInput, 'region' | 'guidance'>,
  runtime: FilterRuntime,
  noisy = target,
): Promise<Raster> {
  if (!guidance) throw new TypeError('DAGF was called without guidance.');
  const { min, max } = target.valueRange;
  const enlargement = enlargementOf(target);
  const upsampled = enlargement.over(region);
  if (!(max > min)) return createRaster({ ...upsampled, data: upsampled.data.map(() => min) });

  const seen = { region, target: enlargement, noisy: enlargementOf(noisy), guidance };
  const sums = createRaster({ ...upsampled, data: new Float32Array(upsampled.data.length) });
  const runs = seenIn.length * sums.channels;
  let done = 0;
  for (const orientation of seenIn) {
    const planes = networkPlanes(model, seen, orientation);
    for (let channel = 0; channel < sums.channels; channel += 1) {
      await checkpoint(runtime.signal);
      const result = await runtime.networks.run(model.id, output.id, planes.inputs(channel));
      const full = upsampleBilinear(result.data, result, Math.round(1 / output.scale));
      planes.addResult(full, channelOf(sums, channel));
      done += 1;
      runtime.progress?.(done / runs);
    }
  }
  const { data } = sums;
  for (let i = 0; i < data.length; i += 1) data[i] = (data[i]! / seenIn.length) * (max - min) + min;
  return sums;
}

/** A reach is the largest of all places in the grid of a network's coarser levels, and of both directions: it holds in every orientation. */
const needsOf = ({ model, output }: ModelOutput): TileNeeds => ({
  reach: output.reach + interpolationReach(output.scale),
  multiple: model.sizeMultiple,
  bytesPerPixel:
    usualBytesPerPixel[model.variant] * Math.max(1, model.channels / usualChannels) +
    guidanceBytesPerPixel * (model.guidanceDetail ** 2 - 1),
  network: { model: model.id, output: output.id },
});

/**
 * DAGF: the network for the picture's own factor, on a target scaled to 0…1 by the range of all of it and enlarged
 * bicubically. Target channels are filtered one by one. The noise of a small target is removed on its own grid beforehand,
 * by a network for that, where the weights are for targets so cleaned; some of them see it with its noise as well. At the quality
 * `ensemble` both networks see the pictures in eight orientations, and their results are averaged: the enhanced prediction of
 * R. Timofte, R. Rothe, L. Van Gool, Seven ways to improve example-based single image super resolution, CVPR 2016. Where it costs little,
 * noise is so removed at every quality.
 */
export const dagf: Filter = {
  description: dagfDescription,
  tileNeeds: (parameters, context) => needsOf(chooseModel(parameters, context)),
  preparation(parameters, context) {
    const chosen = chooseModel(parameters, context);
    const { denoiser, model, factor } = chosen;
    if (!denoiser) return null;
    const seenIn = cleaningOrientationsOf(parameters, chosen, denoiser);
    return {
      key: `${denoiser.model.id} for ${model.id} ×${factor}, orientations: ${seenIn.length}`,
      needs: needsOf(denoiser),
      detail: denoiser.model.guidanceDetail,
      suited: (view) => suitedTarget(view, chosen),
      apply: (input, _, runtime) => restored(input.target, denoiser, seenIn, input, runtime),
    };
  },
  notices: dagfNotices,
  leastFactor: leastFactorOf,
  apply,
};
