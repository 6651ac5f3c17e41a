import { describe, expect, it } from 'vitest';
import { cropRaster } from '../raster/crop';
import { knownRange } from '../raster/range';
import { channelOf, createRaster, type Raster } from '../raster/raster';
import { upsampleBicubic } from '../raster/upsample';
import { completeParameters } from '../recipe/parameters';
import { dagf } from './dagf';
import type { FilterInput, NetworkTensor, TargetView } from './filter';
import type { DagfModel } from './networkModel';
import { dagfModelOf, Identity, WindowMean } from './testing/dagfNetworks';
import { edgedNoise, inputOf, largestDifference, tileWithHalo } from './testing/filterInputs';

const parameters = completeParameters(dagf.description, { noise: 'noisy' });

/** Weights for ×8 behind what cleans their targets. */
const modelsThat = (seesNoisy: boolean): DagfModel[] => [
  { ...dagfModelOf(8, 'noisy'), denoisedBy: 'dagf-x8-low-noise', seesNoisy },
  dagfModelOf(8, 'low-noise'),
];

const apply = (input: FilterInput, networks: WindowMean) =>
  dagf.apply(input, parameters, { networks, signal: new AbortController().signal });

const contextOf = ({ target }: FilterInput, models: readonly DagfModel[]) => ({
  factor: target.factor,
  noise: 0,
  models: () => models,
});

/** What the filter asks for as its target, cleaned: nearer to the middle of its range. */
function prepared(input: FilterInput, models: readonly DagfModel[]): TargetView {
  const view = dagf.preparation!(parameters, contextOf(input, models))!.suited(input.target);
  const { min, max } = view.valueRange;
  const data = view.raster.data.map((value) => 0.5 * value + 0.25 * (min + max));
  return { ...view, raster: createRaster({ ...view.raster, data }) };
}

function setting(target: Raster, guidance: Raster, seesNoisy = true) {
  const models = modelsThat(seesNoisy);
  const input = inputOf(target, guidance);
  return { models, input: { ...input, prepared: prepared(input, models) } };
}

/** A view enlarged over all of the result, scaled by the range of the target. */
function scaled(view: TargetView, { width, height }: { width: number; height: number }): Raster {
  const { min, max } = view.valueRange;
  const enlarged = upsampleBicubic(view, { x: 0, y: 0, width, height });
  return createRaster({ ...enlarged, data: enlarged.data.map((value) => (value - min) / (max - min)) });
}

const guidance = edgedNoise(44, 30, 3, 7);

/** The values of a tensor where the picture lies in it. */
const inside = ({ data, width }: NetworkTensor): Float32Array =>
  Float32Array.from({ length: guidance.width * guidance.height }, (_, i) => {
    const y = Math.floor(i / guidance.width);
    return data[y * width + (i % guidance.width)]!;
  });

describe('a network that sees the noisy target', () => {
  it.each([1, 3] as const)('gets it beside the cleaned one, scaled alike: %d channels', async (channels) => {
    const { models, input } = setting(edgedNoise(6, 4, channels, 3, 800), guidance);
    const networks = new Identity(models);
    await apply(input, networks);
    expect(networks.runs).toHaveLength(channels);
    const [clean, noisy] = [scaled(input.prepared, guidance), scaled(input.target, guidance)];
    for (const [channel, { model, inputs }] of networks.runs.entries()) {
      expect([model, ...Object.keys(inputs)]).toEqual(['dagf-x8-noisy', 'target', 'guidance', 'noisy']);
      expect(inputs.noisy).toMatchObject({ channels: 1, width: 48, height: 32 });
      expect(largestDifference(inside(inputs.target!), channelOf(clean, channel))).toBeLessThan(1e-6);
      expect(largestDifference(inside(inputs.noisy!), channelOf(noisy, channel))).toBeLessThan(1e-6);
      // Continued by reflection, as the others.
      const { data } = inputs.noisy!;
      expect([data[5 * 48 + 44], data[30 * 48 + 3]]).toEqual([data[5 * 48 + 42], data[28 * 48 + 3]]);
    }
  });

  it('is given the result of the cleaned one back, not of the noisy one', async () => {
    const { models, input } = setting(edgedNoise(6, 4, 1, 3, 800), guidance);
    const result = await apply(input, new Identity(models));
    const expected = upsampleBicubic(input.prepared, input.region);
    expect(largestDifference(result.data, expected.data)).toBeLessThan(1e-3);
  });

  it('gets one that is much sharper reduced, as it was before it was cleaned', async () => {
    const { models, input } = setting(edgedNoise(11, 8, 1, 3, 800), guidance);
    const networks = new Identity(models);
    await apply(input, networks);
    expect(input.prepared.whole.width).toBe(6);
    const suited = dagf.preparation!(parameters, contextOf(input, models))!.suited(input.target);
    const { noisy } = networks.runs[0]!.inputs;
    expect(largestDifference(inside(noisy!), scaled(suited, guidance).data)).toBeLessThan(1e-6);
  });

  it('gives the same in tiles with their halo as on the whole picture', async () => {
    const [wide, target] = [edgedNoise(144, 104, 3, 7), edgedNoise(18, 13, 1, 3, 800)];
    const { models, input } = setting(target, wide);
    const networks = new WindowMean(models);
    const whole = await apply(input, networks);
    const needs = dagf.tileNeeds(parameters, contextOf(input, models));
    for (const tile of [
      { x: 0, y: 0, width: 40, height: 30 },
      { x: 61, y: 37, width: 50, height: 67 },
    ]) {
      const region = tileWithHalo(tile, needs, wide);
      const result = await apply({ ...inputOf(target, wide, region), prepared: input.prepared }, networks);
      const found = cropRaster(result, { ...tile, x: tile.x - region.x, y: tile.y - region.y });
      expect(largestDifference(found.data, cropRaster(whole, tile).data)).toBe(0);
    }
  });

  it('gets the target twice where nothing cleans it', async () => {
    const target = edgedNoise(44, 30, 1, 3, 800);
    const networks = new Identity(modelsThat(true));
    await apply(inputOf(target, guidance), networks);
    const { target: given, noisy } = networks.runs[0]!.inputs;
    expect(noisy!.data).toEqual(given!.data);
    const { min, max } = knownRange(target)!;
    expect(noisy!.data[0]).toBeCloseTo((target.data[0]! - min) / (max - min), 6);
  });
});

it('one that does not see it is given target and guidance alone', async () => {
  const { models, input } = setting(edgedNoise(6, 4, 1, 3, 800), guidance, false);
  const networks = new Identity(models);
  await apply(input, networks);
  expect(networks.runs.map(({ inputs }) => Object.keys(inputs))).toEqual([['target', 'guidance']]);
});
