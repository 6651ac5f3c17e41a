import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '../contract/filters';
import { cropRaster } from '../raster/crop';
import { createRaster, type Raster } from '../raster/raster';
import { completeParameters } from '../recipe/parameters';
import { dagf } from './dagf';
import type { FilterInput, NetworkTensor } from './filter';
import type { DagfModel } from './networkModel';
import { orientations } from './orientations';
import { dagfModelOf, Identity, WindowMean } from './testing/dagfNetworks';
import {
  edgedNoise,
  inputOf,
  largestDifference,
  seededPick,
  tileFrom,
  tileWithHalo,
} from './testing/filterInputs';

const parameters = (values: ParameterValues = {}) =>
  completeParameters(dagf.description, { quality: 'ensemble', noise: 'none', ...values });

const apply = (input: FilterInput, networks: WindowMean, values: ParameterValues = {}) =>
  dagf.apply(input, parameters(values), { networks, signal: new AbortController().signal });

type Inputs = Readonly<Record<string, NetworkTensor>>;

/** Sees one pixel to the left of every pixel; black comes in from the side. */
class Shift extends WindowMean {
  override run(modelId: string, outputId: string, inputs: Inputs) {
    this.runs.push({ model: modelId, output: outputId, inputs });
    const { data, width } = inputs.target!;
    const shifted = data.map((_, i) => (i % width === 0 ? 0 : data[i - 1]!));
    return Promise.resolve({ ...inputs.target!, data: shifted });
  }
}

const transposed = (rows: number[][]) => rows[0]!.map((_, x) => rows.map((row) => row[x]!));
const leftToRight = (rows: number[][]) => rows.map((row) => [0, ...row.slice(0, -1)]);
const rightToLeft = (rows: number[][]) => rows.map((row) => [...row.slice(1), 0]);
const downwards = (rows: number[][]) => transposed(leftToRight(transposed(rows)));
const upwards = (rows: number[][]) => transposed(rightToLeft(transposed(rows)));

describe('the mean over all orientations', () => {
  it.each([1, 3] as const)('of what treats them alike is what one gives: %d channels', async (channels) => {
    const input = inputOf(edgedNoise(6, 4, channels, 3, 800), edgedNoise(44, 30, 3, 7));
    const [all, one] = [new WindowMean(), new WindowMean()];
    const result = await apply(input, all);
    const expected = await apply(input, one, { quality: 'wide' });
    expect([all.runs.length, one.runs.length]).toEqual([8 * channels, channels]);
    expect(largestDifference(result.data, expected.data)).toBeLessThan(800 * 1e-5);
    expect(result).toMatchObject({ width: 44, height: 30, channels });
  });

  it('of what does not is that of the eight results, each turned back', async () => {
    const target = edgedNoise(16, 8, 1, 3);
    const input = inputOf(target, edgedNoise(16, 8, 3, 7));
    const unit = { ...input, target: { ...input.target, valueRange: { min: 0, max: 1 } } };
    const rows = Array.from({ length: 8 }, (_, y) => [...target.data.subarray(16 * y, 16 * (y + 1))]);
    // Two of the eight turn the network's left to each of the four sides.
    const sides = [leftToRight, rightToLeft, downwards, upwards].map((moved) => moved(rows).flat());
    const expected = sides[0]!.map((_, i) => sides.reduce((sum, side) => sum + side[i]! / 4, 0));
    const result = await apply(unit, new Shift());
    expect(largestDifference(result.data, expected)).toBeLessThan(1e-6);
    const single = await apply(unit, new Shift(), { quality: 'wide' });
    expect(largestDifference(single.data, sides[0]!)).toBeLessThan(1e-6);
    expect(largestDifference(result.data, single.data)).toBeGreaterThan(0.1);
  });

  it('gives a network the same picture eight times, its planes turned alike, the guidance once for all channels', async () => {
    const model = { ...dagfModelOf(1), seesNoisy: true };
    const target = edgedNoise(24, 8, 3, 3);
    const networks = new Identity([model]);
    const result = await apply(inputOf(target, target), networks);
    expect(networks.runs.map(({ inputs }) => inputs.target!.width)).toEqual(
      [24, 8, 24, 8, 24, 8, 24, 8].flatMap((width) => [width, width, width]),
    );
    expect(new Set(networks.runs.map(({ inputs }) => inputs.guidance)).size).toBe(8);
    const seen = new Set<string>();
    const { min, max } = inputOf(target, target).target.valueRange;
    for (const [index, { inputs }] of networks.runs.entries()) {
      const { target: given, noisy, guidance } = inputs as Record<string, NetworkTensor>;
      seen.add(`${given!.width} ${given!.data.join(' ')}`);
      expect(noisy!.data).toEqual(given!.data);
      const guide = guidance!.data.subarray((index % 3) * 192, ((index % 3) + 1) * 192);
      expect(
        largestDifference(
          guide.map((value) => (value - min) / (max - min)),
          given!.data,
        ),
      ).toBeLessThan(1e-6);
      expect([guidance!.width, guidance!.height]).toEqual([given!.width, given!.height]);
    }
    expect(seen.size).toBe(24);
    expect(largestDifference(result.data, target.data)).toBeLessThan(1e-5);
  });

  it('says how far it is after every run, and stops between them when it is cancelled', async () => {
    const stop = new AbortController();
    const networks = new Identity();
    const shares: number[] = [];
    const progress = (share: number) => {
      shares.push(share);
      if (shares.length === 5) stop.abort(new Error('Enough.'));
    };
    const input = inputOf(edgedNoise(8, 8, 3, 9), edgedNoise(8, 8, 3, 1));
    const running = dagf.apply(input, parameters(), { networks, signal: stop.signal, progress });
    await expect(running).rejects.toThrow('Enough.');
    expect(networks.runs).toHaveLength(5);
    expect(shares).toEqual([1, 2, 3, 4, 5].map((run) => run / 24));
  });
});

const coarse = { ...dagfModelOf(8), outputs: [{ id: 'I_0', scale: 0.25, reach: 12 }] };

it.each<[string, DagfModel]>([
  ['bicubic', dagfModelOf(8)],
  ['nearest', dagfModelOf(8, 'nearest')],
  ['bicubic, at a quarter of the size', coarse],
  ['nearest, at a quarter of the size', { ...coarse, degradation: 'nearest' }],
])('tiles with their halo give the same as the whole picture: %s', async (_, model) => {
  const { degradation } = model;
  for (let seed = 1; seed <= 16; seed += 1) {
    const pick = seededPick(seed);
    const factor = [1, 2, 8][pick(3)]!;
    const guidance = edgedNoise(30 + pick(70), 30 + pick(70), 3, seed);
    const target = edgedNoise(
      Math.ceil(guidance.width / factor),
      Math.ceil(guidance.height / factor),
      1,
      seed + 1000,
      4000,
    );
    const networks = new WindowMean([model]);
    const input = inputOf(target, guidance);
    const context = { factor: input.target.factor, noise: 0, models: () => [model] };
    const whole = await apply(input, networks, { degradation });
    const place = tileFrom(pick, guidance);
    const halo = tileWithHalo(place, dagf.tileNeeds(parameters({ degradation }), context), guidance);
    const result = await apply(inputOf(target, guidance, halo), networks, { degradation });
    const tile = cropRaster(result, { ...place, x: place.x - halo.x, y: place.y - halo.y });
    expect(largestDifference(tile.data, cropRaster(whole, place).data), `seed ${seed}`).toBe(0);
  }
});

/**
 * How far the middle of a target's block is from the guidance's green at the block's last pixel, as a network sees them: nothing where
 * the target holds the last pixel of every block. In planes that begin a pixel early the last nine pixels may hold nothing, and
 * of the first nine the blocks before the last one.
 */
class LastOfBlocks extends WindowMean {
  readonly worst: number[] = [];

  constructor(
    degradation: string,
    private readonly factor: { x: number; y: number },
  ) {
    // Blocks of an odd length have a pixel in their middle.
    super([{ ...dagfModelOf(3, degradation), sizeMultiple: 9 }]);
  }

  override run(modelId: string, outputId: string, inputs: Inputs) {
    this.runs.push({ model: modelId, output: outputId, inputs });
    const { target, guidance } = inputs as Record<'target' | 'guidance', NetworkTensor>;
    const { width, height } = target;
    // The pictures here are wider than high.
    const [across, down] = width > height ? [this.factor.x, this.factor.y] : [this.factor.y, this.factor.x];
    const green = guidance.data.subarray(width * height);
    let worst = 0;
    for (let y = 8; y < height - 9; y += down) {
      for (let x = 8; x < width - 9; x += across) {
        const middle = target.data[(y - (down - 1) / 2) * width + x - (across - 1) / 2]!;
        worst = Math.max(worst, Math.abs(middle - green[y * width + x]!));
      }
    }
    this.worst.push(worst);
    return Promise.resolve(target);
  }
}

/** The green of the last pixel of every block. */
const lastOf = (picture: Raster, x: number, y: number): Raster => {
  const [width, height] = [picture.width / x, picture.height / y];
  const green = picture.data.subarray(picture.width * picture.height);
  const data = Float32Array.from({ length: width * height }, (_, i) => {
    const row = (Math.floor(i / width) + 1) * y - 1;
    return green[row * picture.width + ((i % width) + 1) * x - 1]!;
  });
  return createRaster({ width, height, channels: 1, data });
};

describe('picked pixels', () => {
  const guidance = edgedNoise(144, 63, 3, 11);
  const unitInput = (x: number, y: number, region?: FilterInput['region']): FilterInput => {
    const input = inputOf(lastOf(guidance, x, y), guidance, region);
    return { ...input, target: { ...input.target, valueRange: { min: 0, max: 1 } } };
  };

  it.each<[number, number, FilterInput['region'] | undefined]>([
    [9, 9, undefined],
    [9, 3, undefined],
    [3, 9, { x: 18, y: 9, width: 108, height: 50 }],
  ])('lie at the last pixel of their blocks in every orientation: ×%d, ×%d, %o', async (x, y, region) => {
    const networks = new LastOfBlocks('nearest', { x, y });
    await apply(unitInput(x, y, region), networks, { degradation: 'nearest' });
    expect(networks.worst).toHaveLength(8);
    for (const worst of networks.worst) expect(worst).toBeLessThan(1e-6);
    // A pixel more in mirrored axes, then padded to multiples of nine.
    const [width, height] = region ? [108, 54] : [144, 63];
    const [more, higher] = [width + 9, region ? height : height + 9];
    expect(networks.runs.map(({ inputs }) => [inputs.target!.width, inputs.target!.height])).toEqual([
      [width, height],
      [height, width],
      [more, height],
      [height, more],
      [width, higher],
      [higher, width],
      [more, higher],
      [higher, more],
    ]);
  });

  it('would not if they were only turned', async () => {
    const networks = new LastOfBlocks('bicubic', { x: 9, y: 9 });
    await apply(unitInput(9, 9), networks);
    expect(networks.worst.map((worst) => worst < 0.1)).toEqual([true, true, ...new Array(6).fill(false)]);
  });

  it('come back where the guidance lies', async () => {
    const { target, ...input } = unitInput(9, 9);
    const ramp = Float32Array.from({ length: 16 * 7 }, (_, i) => (i % 16) / 16);
    const slanted = {
      ...input,
      target: { ...target, raster: createRaster({ ...target.raster, data: ramp }) },
    };
    const result = (quality: string) =>
      apply(slanted, new LastOfBlocks('nearest', { x: 9, y: 9 }), { degradation: 'nearest', quality });
    const [one, all] = [await result('wide'), await result('ensemble')];
    // The network gives the target back, which lies eight pixels farther on in half of the orientations.
    for (const x of [30, 64, 110])
      expect(all.data[31 * 144 + x]! - one.data[31 * 144 + x]!).toBeCloseTo(-8 / 144 / 2, 6);
  });
});

describe('a target that is cleaned first', () => {
  const modelsFor = (factor: number, channels = 32, cleaning = 32): DagfModel[] => [
    { ...dagfModelOf(factor, 'noisy'), channels, denoisedBy: `dagf-x${factor}-low-noise` },
    { ...dagfModelOf(factor, 'low-noise'), channels: cleaning },
  ];
  const models = modelsFor(4);
  const preparation = (quality: string, available = models) => {
    const [factor] = available[0]!.factors;
    return dagf.preparation!(parameters({ quality, noise: 'noisy' }), {
      factor: { x: factor!, y: factor! },
      noise: 0,
      models: () => available,
    })!;
  };

  it('is cleaned in all orientations as well, and not taken for one that was cleaned in one', async () => {
    expect(preparation('wide').key).toBe(preparation('I_2').key);
    expect(preparation('ensemble').key).not.toBe(preparation('wide').key);
    const small = edgedNoise(13, 9, 1, 3, 800);
    const runtime = (networks: WindowMean) => ({ networks, signal: new AbortController().signal });
    const cleaned = async (quality: string) => {
      const networks = new Shift(models);
      const result = await preparation(quality).apply(
        inputOf(small, edgedNoise(13, 9, 3, 7)),
        parameters({ quality, noise: 'noisy' }),
        runtime(networks),
      );
      expect(new Set(networks.runs.map(({ model }) => model))).toEqual(new Set(['dagf-x4-low-noise']));
      return { result, runs: networks.runs.length };
    };
    const [one, all] = [await cleaned('wide'), await cleaned('ensemble')];
    expect([one.runs, all.runs]).toEqual([1, 8]);
    expect(largestDifference(one.result.data, all.result.data)).toBeGreaterThan(50);
  });

  it('by a network that sees a finer guidance: its planes are larger, and turned and continued as the target’s are', async () => {
    const seeing = models.map((model) => ({
      ...model,
      ...(model.degradation === 'low-noise' && { guidanceDetail: 2 }),
    }));
    const [small, fine] = [edgedNoise(13, 10, 1, 3, 800), edgedNoise(26, 20, 3, 7)];
    const cleaning = preparation('ensemble', seeing);
    expect([cleaning.detail, preparation('ensemble').detail]).toEqual([2, 1]);
    expect(cleaning.needs.bytesPerPixel).toBeGreaterThan(preparation('ensemble').needs.bytesPerPixel);
    const networks = new Identity(seeing);
    const runtime = { networks, signal: new AbortController().signal };
    const input = { ...inputOf(small, edgedNoise(13, 10, 3, 1)), guidance: fine };
    const result = await cleaning.apply(input, parameters({ noise: 'noisy' }), runtime);
    expect(largestDifference(result.data, small.data)).toBeLessThan(1e-3);
    expect(networks.runs).toHaveLength(8);
    const { min, max } = input.target.valueRange;
    // Reflected about the middle of the last target pixel; the pixels of a finer guidance stay with it.
    const own = (index: number, length: number, detail: number) =>
      index < length ? index : 2 * length - detail - 1 - index;
    for (const [index, { inputs }] of networks.runs.entries()) {
      const { mirrored, transposed } = orientations[index]!;
      const expected = (picture: Raster, channel: number, detail: number) =>
        Float32Array.from({ length: (16 * detail) ** 2 }, (_, i) => {
          const side = 16 * detail;
          const [column, row] = [i % side, Math.floor(i / side)];
          const [u, v] = transposed ? [row, column] : [column, row];
          const x = own(mirrored.x ? side - 1 - u : u, picture.width, detail);
          const y = own(mirrored.y ? side - 1 - v : v, picture.height, detail);
          return picture.data[(channel * picture.height + y) * picture.width + x]!;
        });
      const { target, guidance } = inputs as Record<'target' | 'guidance', NetworkTensor>;
      expect([target.width, target.height, guidance.width, guidance.height]).toEqual([16, 16, 32, 32]);
      const scaled = expected(small, 0, 1).map((value) => (value - min) / (max - min));
      expect(largestDifference(target.data, scaled)).toBeLessThan(1e-6);
      const planes = [0, 1, 2].flatMap((channel) => [...expected(fine, channel, 2)]);
      expect(guidance.data).toEqual(Float32Array.from(planes));
    }
  });

  it('is then seen in all orientations', async () => {
    const guidance = edgedNoise(22, 15, 3, 7);
    const input = inputOf(edgedNoise(6, 4, 1, 3, 800), guidance);
    const networks = new WindowMean(models);
    const result = await apply({ ...input, prepared: input.target }, networks, { noise: 'noisy' });
    expect(networks.runs.map(({ model }) => model)).toEqual(new Array(8).fill('dagf-x4-noisy'));
    expect([result.width, result.height]).toEqual([22, 15]);
  });

  it.each<[number, number, number, boolean]>([
    [4, 32, 32, false],
    [8, 32, 32, true],
    [8, 32, 64, false],
    [8, 64, 64, true],
    [16, 32, 64, true],
  ])(
    'is cleaned in all of them at every quality where that costs little: ×%d, %d channels after %d',
    (factor, channels, cleaning, all) => {
      const available = modelsFor(factor, channels, cleaning);
      const keys = (quality: string) => preparation(quality, available).key;
      expect(keys('I_2') === keys('ensemble')).toBe(all);
      expect(keys('ensemble')).toMatch(/orientations: 8$/);
    },
  );
});
