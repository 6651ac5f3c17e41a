import type { ParameterValues } from '../../contract/filters';
import type { Range, Size } from '../../contract/geometry';
import type { OwnNetwork } from '../../contract/ownNetworks';
import type { Raster } from '../../raster/raster';
import { checkpoint } from '../checkpoint';
import type { FilterRuntime, NetworkTensor, OwnNetworks } from '../filter';
import { type LowResolutionModel, lowResolutionModel } from '../guided/lowResolution';
import { rememberedBy } from '../remembered';
import { unitPlanes } from '../unitPlanes';
import { choiceValue, numberValue } from '../values';
import { chosenNetwork, layerSettings, type ResultKind, resultKind } from './choice';
import { channelOrder, expectedRange, networkPicture, networkSize, resized } from './networkPicture';

/** What the network made of the overview, as linear models of the picture: all that a tile needs. */
export interface Prepared {
  readonly kind: ResultKind;
  /** One for each channel of the result, or for each class that is the strongest somewhere. */
  readonly models: readonly LowResolutionModel[];
  /** Which class each model is of; empty for other kinds. */
  readonly labels: readonly number[];
  /** The network's values that the models give as 0 and 1. */
  readonly ends: Range;
}

/**
 * Runs the network on the overview and fits the guided filtering layer's A and b to what it gives (Wu et al., section III).
 * @param range values of the picture that count as 0…1
 * @throws SidelightError own-model-missing, own-model-failed, parameter-invalid
 */
export async function prepare(
  overview: Raster,
  range: Range,
  parameters: ParameterValues,
  { own, signal }: FilterRuntime,
): Promise<Prepared> {
  const network = chosenNetwork(parameters, own);
  const kind = resultKind(parameters, network);
  const given = await rememberedOutputs(
    overview,
    [range, kind === 'each', networkSettings(parameters)],
    signal,
    () => outputs(overview, range, kind, { parameters, network, own: own!, signal }),
  );
  const small = { width: given[0]!.width, height: given[0]!.height };
  const guidance = unitPlanes(resized(overview, small), range);
  const wanted = given.flatMap((tensor) => wantedPlanes(tensor, kind, parameters));
  const labels = kind === 'classes' ? strongestSomewhere(wanted) : [];
  const kept = kind === 'classes' ? labels.map((label) => wanted[label]!) : wanted;
  const ends = endsOf(kind, kept, parameters, network);
  const models = kept.map((plane, channel) =>
    modelOf(plane, guidanceFor(kind, guidance, channel), small, ends, layerSettings(parameters, kind)),
  );
  return { kind, models, labels, ends };
}

/** Moving a slider of the layer does not run the network again. */
const rememberedOutputs = rememberedBy<NetworkTensor[]>();
const afterTheNetwork: readonly string[] = ['output', 'channel', 'values', 'layer', 'radius', 'epsilon'];

const networkSettings = (parameters: ParameterValues): ParameterValues =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => !afterTheNetwork.includes(name)));

interface Running {
  readonly parameters: ParameterValues;
  readonly network: OwnNetwork;
  readonly own: OwnNetworks;
  readonly signal: AbortSignal;
}

/** What the network gives for the overview; one output for each of its channels where they are taken one by one. */
async function outputs(
  overview: Raster,
  range: Range,
  kind: ResultKind,
  { parameters, network, own, signal }: Running,
): Promise<NetworkTensor[]> {
  const size = networkSize(overview, parameters, network);
  const planes = unitPlanes(resized(overview, size), range);
  const given: NetworkTensor[] = [];
  for (const picture of kind === 'each' ? planes.map((plane) => [plane]) : [planes]) {
    await checkpoint(signal);
    given.push(await own.run(network.fingerprint, networkPicture(picture, size, parameters, network)));
  }
  return given;
}

/** The planes of an output that count, pictures with red first. */
function wantedPlanes(tensor: NetworkTensor, kind: ResultKind, parameters: ParameterValues): Float32Array[] {
  const pixels = tensor.width * tensor.height;
  const plane = (channel: number) => tensor.data.subarray(channel * pixels, (channel + 1) * pixels);
  if (kind === 'channel') return [plane(numberValue(parameters, 'channel'))];
  const all = Array.from({ length: tensor.channels }, (_, channel) => plane(channel));
  if (kind !== 'image') return all;
  const order = channelOrder(parameters, tensor.channels);
  return all.map((_, colour) => all[order.indexOf(colour)]!);
}

/** The classes that come out strongest in some pixel, in order: only they compete at full size. */
function strongestSomewhere(scores: readonly Float32Array[]): number[] {
  const winners = new Set<number>();
  for (let i = 0; i < scores[0]!.length; i += 1) {
    let best = 0;
    for (let label = 1; label < scores.length; label += 1) {
      if (scores[label]![i]! > scores[best]![i]!) best = label;
    }
    winners.add(best);
  }
  return [...winners].sort((a, b) => a - b);
}

/** A picture's channels are each guided by themselves, as in the paper; maps by all of the picture's colours. */
export const guidanceFor = (kind: ResultKind, planes: readonly Float32Array[], channel: number) =>
  kind === 'image' || kind === 'each' ? [planes[channel] ?? planes[0]!] : planes;

function modelOf(
  plane: Float32Array,
  guidance: readonly Float32Array[],
  size: Size,
  { min, max }: Range,
  settings: { radius: number; epsilon: number },
): LowResolutionModel {
  const pixels = size.width * size.height;
  const together = new Float32Array(guidance.length * pixels);
  for (const [channel, values] of guidance.entries()) together.set(values, channel * pixels);
  const extent = max > min ? max - min : 1;
  return lowResolutionModel({
    ...size,
    ...settings,
    guidance: together,
    guidanceChannels: guidance.length === 3 ? 3 : 1,
    target: plane.map((value) => (value - min) / extent),
  });
}

/** Values outside 0…1 by no more than this are rounding. */
const slack = 1e-3;

/** Which of the network's values become black and white. */
function endsOf(
  kind: ResultKind,
  planes: readonly Float32Array[],
  parameters: ParameterValues,
  network: OwnNetwork,
): Range {
  const wanted = kind === 'classes' ? 'extent' : choiceValue(parameters, 'values');
  if (wanted === 'unit' || wanted === 'byte') return { min: 0, max: wanted === 'unit' ? 1 : 255 };
  if (wanted === 'signed') return { min: -1, max: 1 };
  if (wanted !== 'auto') return extentOf(planes);
  return usualEnds(kind, parameters, network) ?? extentOf(planes);
}

/** What `auto` stands for; null for the values' own extent. */
export function usualEnds(kind: ResultKind, parameters: ParameterValues, network: OwnNetwork): Range | null {
  const { type, range } = network.output;
  if (kind === 'image' || kind === 'each') return expectedRange(parameters, network);
  if (type === 'uint8') return { min: 0, max: 255 };
  return range.min >= -slack && range.max <= 1 + slack ? { min: 0, max: 1 } : null;
}

function extentOf(planes: readonly Float32Array[]): Range {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const plane of planes) {
    for (const value of plane) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  return { min, max };
}
