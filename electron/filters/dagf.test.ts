import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '../contract/filters';
import { cropRaster } from '../raster/crop';
import { knownRange } from '../raster/range';
import { channelOf, createRaster, type Raster } from '../raster/raster';
import { upsampleBicubic } from '../raster/upsample';
import { completeParameters } from '../recipe/parameters';
import { dagf } from './dagf';
import type { FilterInput, NetworkRunner, NetworkTensor } from './filter';
import type { DagfModel } from './networkModel';
import { Identity, dagfModelOf as model, WindowMean } from './testing/dagfNetworks';
import { inputOf, largestDifference, seededPick, tileFrom, tileWithHalo } from './testing/filterInputs';

const parameters = (values: ParameterValues = {}) => completeParameters(dagf.description, values);

function noise(width: number, height: number, channels: 1 | 3, scale: number, seed = 5): Raster {
  let state = seed;
  const data = Float32Array.from({ length: width * height * channels }, () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return (scale * state) / 4294967296;
  });
  return createRaster({ width, height, channels, data });
}

const apply = (input: FilterInput, networks: NetworkRunner, values: ParameterValues = {}) =>
  dagf.apply(input, parameters(values), { networks, signal: new AbortController().signal });

describe('dagf around its network', () => {
  it('gives the network the target enlarged and scaled to 0…1, and its result back in the unit of the target', async () => {
    const target = { ...noise(5, 3, 1, 8000), unit: 'mm' as const };
    const guidance = noise(40, 24, 3, 1);
    const networks = new Identity();
    const result = await apply(inputOf(target, guidance), networks);
    const input = networks.runs[0]!.inputs.target!;
    const { min, max } = knownRange(target)!;
    const enlarged = upsampleBicubic(inputOf(target, guidance).target, { x: 0, y: 0, width: 40, height: 24 });
    expect(
      largestDifference(
        input.data,
        enlarged.data.map((value) => (value - min) / (max - min)),
      ),
    ).toBeLessThan(1e-6);
    expect(largestDifference(result.data, enlarged.data)).toBeLessThan(2e-3);
    expect([result.width, result.height, result.channels, result.unit]).toEqual([40, 24, 1, 'mm']);
    expect(networks.runs[0]!.inputs.guidance).toMatchObject({
      channels: 3,
      width: 40,
      height: 24,
      data: guidance.data,
    });
  });

  it('pads to the size multiple by reflection at the right and bottom, and crops again', async () => {
    const guidance = noise(13, 10, 3, 1);
    const target = noise(13, 10, 1, 255);
    const networks = new Identity();
    const result = await apply(inputOf(target, guidance), networks);
    const { guidance: padded } = networks.runs[0]!.inputs as { guidance: NetworkTensor };
    expect([padded.width, padded.height]).toEqual([16, 16]);
    const at = (x: number, y: number) => padded.data[y * 16 + x];
    expect([at(13, 4), at(15, 9), at(2, 10), at(14, 15)]).toEqual([at(11, 4), at(9, 9), at(2, 8), at(10, 3)]);
    expect(largestDifference(result.data, target.data)).toBeLessThan(1e-4);
  });

  it('runs target channels one by one and triples a grey guidance', async () => {
    const target = noise(16, 8, 3, 255);
    const guidance = noise(16, 8, 1, 1, 9);
    const networks = new Identity();
    const result = await apply(inputOf(target, guidance), networks);
    expect(networks.runs).toHaveLength(3);
    const { min, max } = knownRange(target)!;
    for (const [channel, run] of networks.runs.entries()) {
      expect(run.inputs.target!.channels).toBe(1);
      const expected = channelOf(target, channel).map((value) => (value - min) / (max - min));
      expect(run.inputs.target!.data).toEqual(expected);
      const planes = run.inputs.guidance!.data;
      expect(planes.slice(0, 128)).toEqual(guidance.data);
      expect(planes.slice(128, 256)).toEqual(guidance.data);
      expect(planes.slice(256)).toEqual(guidance.data);
    }
    expect(largestDifference(result.data, target.data)).toBeLessThan(1e-4);
  });

  it('keeps what belongs to the pixels of a colour target: alpha, profile, full scale', async () => {
    const alpha = Float32Array.from({ length: 128 }, (_, i) => (i % 16 < 8 ? 0.25 : 1));
    const icc = Uint8Array.of(1, 2, 3);
    const fullScale = { min: 0, max: 255 };
    const target = { ...noise(16, 8, 3, 255), alpha, icc, fullScale, sampleType: 'u8' as const };
    const result = await apply(inputOf(target, noise(16, 8, 3, 1)), new Identity());
    expect(result).toMatchObject({ alpha, icc, fullScale, sampleType: 'u8', channels: 3 });
  });

  it.each(['I_2', 'ensemble'])(
    'returns a constant target as it is, without a network: %s',
    async (quality) => {
      const flat = createRaster({ width: 2, height: 2, channels: 1, data: new Float32Array(4).fill(812.25) });
      const networks = new WindowMean();
      const result = await apply(inputOf(flat, noise(16, 16, 3, 1)), networks, { quality });
      expect(new Set(result.data)).toEqual(new Set([812.25]));
      expect(networks.runs).toHaveLength(0);
    },
  );

  it.each(['I_0', 'I_1', 'I_2'])(
    'gives the same in tiles with their halo as on the whole picture: %s',
    async (quality) => {
      for (let seed = 1; seed <= 60; seed += 1) {
        const pick = seededPick(seed);
        const factor = [1, 2, 8][pick(3)]!;
        const guidance = noise(30 + pick(70), 30 + pick(70), 3, 1, seed);
        const target = noise(
          Math.ceil(guidance.width / factor),
          Math.ceil(guidance.height / factor),
          1,
          4000,
          seed + 1000,
        );
        const networks = new WindowMean();
        const context = { factor: { x: factor, y: factor }, noise: 0, models: () => [model(8)] };
        const whole = await apply(inputOf(target, guidance), networks, { quality });
        const place = tileFrom(pick, guidance);
        const halo = tileWithHalo(place, dagf.tileNeeds(parameters({ quality }), context), guidance);
        const result = await apply(inputOf(target, guidance, halo), networks, { quality });
        const tile = cropRaster(result, { ...place, x: place.x - halo.x, y: place.y - halo.y });
        const difference = largestDifference(tile.data, cropRaster(whole, place).data);
        expect(difference, `seed ${seed}`).toBe(0);
      }
    },
  );

  it('enlarges the coarser outputs without a shift', async () => {
    const ramp = createRaster({
      width: 64,
      height: 64,
      channels: 1,
      data: Float32Array.from({ length: 4096 }, (_, i) => i % 64),
    });
    const black = createRaster({ width: 64, height: 64, channels: 3, data: new Float32Array(3 * 4096) });
    for (const [quality, inside] of [
      ['I_2', 3],
      ['I_1', 8],
      ['I_0', 16],
    ] as const) {
      const result = await apply(inputOf(ramp, black), new WindowMean(), { quality });
      for (let x = inside; x < 64 - inside; x += 1) expect(result.data[32 * 64 + x]).toBeCloseTo(x, 3);
    }
  });

  it('stops between channels when it is cancelled', async () => {
    const stop = new AbortController();
    const networks = new Identity();
    const run = networks.run.bind(networks);
    networks.run = (...request) => {
      stop.abort();
      return run(...request);
    };
    const input = inputOf(noise(8, 8, 3, 9), noise(8, 8, 3, 1));
    await expect(dagf.apply(input, parameters(), { networks, signal: stop.signal })).rejects.toThrow();
    expect(networks.runs).toHaveLength(1);
  });
});

describe('dagf and its models', () => {
  const context = (x: number, available: readonly DagfModel[], y = x, noise = 0) => ({
    factor: { x, y },
    noise,
    models: () => available,
  });
  const three = [model(4), model(8), model(16), model(8, 'nearest')];

  it.each([
    [4, 4],
    [4.125, 4],
    [4.5, 8],
    [5.5, 8],
    [8, 8],
    [11, 16],
    [12, 16],
    [40, 16],
    [1, 4],
  ])('takes for ×%d the model of ×%d: the nearest from above', async (factor, expected) => {
    expect(dagf.notices!(parameters(), context(factor, three))[0]).toContain(`DAGF ×${expected}`);
    const networks = new Identity(three);
    const guidance = noise(Math.round(8 * factor), Math.round(8 * factor), 3, 1);
    await apply(inputOf(noise(8, 8, 1, 9), guidance), networks);
    expect(networks.runs[0]!.model).toBe(`dagf-x${expected}-bicubic`);
  });

  it('takes the model of the degradation and the output of the quality', async () => {
    const networks = new WindowMean(three);
    const input = inputOf(noise(4, 4, 1, 9), noise(32, 32, 3, 1));
    await apply(input, networks, { degradation: 'nearest', quality: 'I_1' });
    expect(networks.runs[0]).toMatchObject({ model: 'dagf-x8-nearest', output: 'I_1' });
  });

  it('says when the model does not fit the factor', () => {
    expect(dagf.notices!(parameters(), context(8, three))).toHaveLength(1);
    expect(dagf.notices!(parameters(), context(11, [model(8)]))).toHaveLength(1);
    expect(dagf.notices!(parameters(), context(6, three))).toHaveLength(1);
    const far = dagf.notices!(parameters(), context(13, [model(8)]));
    expect(far[1]).toMatch(/×13.*×8/);
    const anisotropic = dagf.notices!(parameters(), context(2, [model(8)], 4));
    expect(anisotropic[1]).toMatch(/×2\.8: it is reduced to the ×8/);
    const near = dagf.notices!(parameters(), context(1, three));
    expect(near[1]).toMatch(/only ×1/);
  });

  it('says when the target is noisier than what the network knows', () => {
    expect(dagf.notices!(parameters(), context(8, three, 8, 0.0055))).toHaveLength(1);
    expect(dagf.notices!(parameters(), context(8, three, 8, 0.008))[1]).toContain('about 0.8 % of its range');
    expect(dagf.notices!(parameters(), context(8, three, 8, 0.02))[1]).toContain('about 2.0 % of its range');
  });

  it('needs the reach of the output, and of the interpolation of the coarser ones', () => {
    const needs = (quality: string) => dagf.tileNeeds(parameters({ quality }), context(8, three));
    expect(needs('I_2')).toMatchObject({ reach: 3, multiple: 8 });
    expect(needs('I_1').reach).toBe(6 + 2);
    expect(needs('I_0').reach).toBe(12 + 5);
  });

  it('counts twice the memory for twice the channels', () => {
    const bytes = (channels: number) =>
      dagf.tileNeeds(parameters(), context(8, [{ ...model(8), channels }])).bytesPerPixel;
    expect([bytes(32), bytes(64)]).toEqual([1600, 3200]);
    expect(bytes(16)).toBe(1600);
  });

  it('says what to do when there is no model', () => {
    expect(() => dagf.tileNeeds(parameters(), context(8, []))).toThrow(
      expect.objectContaining({ code: 'model-missing', remedy: expect.stringContaining('guided filter') }),
    );
    expect(() => dagf.notices!(parameters({ degradation: 'nearest' }), context(8, [model(8)]))).toThrow(
      expect.objectContaining({ code: 'model-missing', remedy: expect.stringContaining('bicubic') }),
    );
    const onlyFull = { ...model(8), outputs: [{ id: 'I_2', scale: 1, reach: 3 }] };
    expect(() => dagf.tileNeeds(parameters({ quality: 'I_0' }), context(8, [onlyFull]))).toThrow(
      expect.objectContaining({ code: 'model-missing', remedy: expect.stringContaining('I_2') }),
    );
  });
});
