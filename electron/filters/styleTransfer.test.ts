import { describe, expect, it } from 'vitest';
import { channelOf, createRaster, type Raster } from '../raster/raster';
import { reducedByMeans } from '../raster/reduceArea';
import { TextureReduction } from '../raster/reduceTexture';
import { completeParameters } from '../recipe/parameters';
import reference from './fixtures/numpy_style_transfer.json';
import type { Level } from './laplacian/pyramid';
import { type Look, looks } from './style/looks';
import { gradientCurve, intensityCurve } from './style/transferCurves';
import { styleTransfer } from './styleTransfer';
import {
  cancelledAfter,
  edgedNoise,
  inputOf,
  largestDifference,
  noNetworks,
  onUnitValues,
} from './testing/filterInputs';
import { lumaPlane } from './tone/luma';

const filter = onUnitValues(styleTransfer);

const given = createRaster({
  width: reference.width,
  height: reference.height,
  channels: 3,
  data: Float32Array.from(reference.target),
});

/** Shades and texture that resemble a photograph's: waves of many lengths, the shorter the weaker. */
const [width, height] = [96, 72];
const waves = createRaster({
  width,
  height,
  channels: 1,
  data: Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    let value = 0.5;
    for (let octave = 1; octave <= 5; octave += 1)
      value +=
        (0.3 / octave ** 1.5) * Math.sin((x * 0.05 + y * 0.03 * (octave % 3) + octave) * 1.9 ** octave);
    return Math.min(1, Math.max(0, value));
  }),
});

const quantile = (values: Iterable<number>, share: number) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))]!;
};
const amplitudes = ({ data }: Raster) =>
  Array.from(data, (value, i) => {
    const inside = i % width < width - 1 && i + width < data.length;
    return inside ? Math.hypot(data[i + 1]! - value, data[i + width]! - value) : Number.NaN;
  }).filter((amplitude) => !Number.isNaN(amplitude));
const spreadOf = (values: Iterable<number>) => quantile(values, 0.9) - quantile(values, 0.1);
const look = (id: string): Look => looks.find((entry) => entry.id === id)!;

describe('photographic style', () => {
  it.each(reference.cases)('agrees with numpy: $settings', async ({ settings, result }) => {
    const expected = settings.output === 'grey' ? [...result, ...result, ...result] : result;
    const { data } = await filter(given, settings);
    expect(largestDifference(data, expected)).toBeLessThan(1e-4);
    expect(largestDifference(data, given.data)).toBeGreaterThan(0.1);
  });

  it.each(looks.map(({ id }) => id))('brings tones and gradients nearer to those of %s', async (id) => {
    const result = await filter(waves, { look: id });
    const { intensities, gradients } = look(id);
    const distances = (raster: Raster) => [
      Math.abs(quantile(raster.data, 0.5) - intensities[32]!),
      Math.abs(spreadOf(raster.data) - (intensities[58]! - intensities[6]!)),
      Math.abs(quantile(amplitudes(raster), 1 - (44 / 64) ** 2) - gradients[20]!),
    ];
    const [before, after] = [distances(waves), distances(result)];
    expect(after[0]!).toBeLessThan(0.1);
    expect(after[1]!).toBeLessThan(0.15);
    expect(after.reduce((sum, distance) => sum + distance)).toBeLessThan(
      0.7 * before.reduce((sum, distance) => sum + distance),
    );
  });

  it('takes on the style of a photograph of the user’s, by its fingerprint alone', async () => {
    const fingerprint = 'c'.repeat(64);
    const photographs = { find: (asked: string) => (asked === fingerprint ? look('soft') : look('graphic')) };
    const values = { look: 'own', reference: 'mine.jpg', fingerprint, rounds: 1 };
    const { data } = await filter(waves, values, { ...noNetworks, photographs });
    expect(data).toEqual((await filter(waves, { look: 'soft', rounds: 1 })).data);
    await expect(filter(waves, values)).rejects.toMatchObject({ code: 'own-photograph-missing' });
  });

  it('gives a grey target a grey result, the one that its colours would have had', async () => {
    const grey = createRaster({
      ...given,
      channels: 1,
      data: lumaPlane([0, 1, 2].map((c) => channelOf(given, c))),
    });
    const [single, tripled] = [await filter(grey), await filter(given)];
    expect(single.channels).toBe(1);
    for (const c of [0, 1, 2])
      expect(largestDifference(channelOf(tripled, c), single.data)).toBeLessThan(1e-5);
  });

  it('in colour keeps hues, and has the luma of the grey result', async () => {
    const [colour, grey] = [await filter(given, { output: 'colour' }), await filter(given)];
    const planes = [0, 1, 2].map((c) => channelOf(colour, c));
    const luma = lumaPlane(planes);
    expect(largestDifference(luma, channelOf(grey, 0))).toBeLessThan(1e-5);
    const before = lumaPlane([0, 1, 2].map((c) => channelOf(given, c)));
    for (let i = 0; i < luma.length; i += 1) {
      const [red, blue] = [0, 2].map((c) => channelOf(given, c)[i]! - before[i]!) as [number, number];
      expect((planes[0]![i]! - luma[i]!) * blue).toBeCloseTo((planes[2]![i]! - luma[i]!) * red, 5);
    }
    expect(Math.min(...colour.data)).toBeGreaterThanOrEqual(-1e-6);
    expect(Math.max(...colour.data)).toBeLessThanOrEqual(1 + 1e-6);
  });

  it('makes no texture of the last bits of an even area', async () => {
    const grain = edgedNoise(width, height, 1, 6).data;
    const data = grain.map((value, i) => {
      const step = i % width < width / 2 ? 0.3 : 0.7;
      return step + (value - (i % width > width * 0.3 ? 0.6 : 0.2) - 0.15) / 80;
    });
    const even = { ...waves, data };
    const { data: result } = await filter(even, { look: 'dramatic' });
    const swing = (values: Float32Array) =>
      spreadOf(values.filter((_, i) => i % width > 12 && i % width < 36));
    expect(swing(data)).toBeLessThan(0.004);
    expect(swing(result)).toBeLessThan(4 * swing(data));
  });

  it('filters one pixel, one line and a constant picture', async () => {
    for (const [w, h] of [
      [1, 1],
      [7, 1],
      [1, 6],
      [12, 9],
    ] as const) {
      const flat = createRaster({
        width: w,
        height: h,
        channels: 1,
        data: new Float32Array(w * h).fill(0.4),
      });
      const { data } = await filter(flat);
      expect(data.every((value) => value > 0 && value < 1)).toBe(true);
      expect(
        largestDifference(
          data,
          data.map(() => data[0]!),
        ),
      ).toBeLessThan(1e-6);
    }
  });

  it('stops between the steps of a round, and says how far it is', async () => {
    const { runtime, shares } = cancelledAfter(2);
    await expect(filter(waves, {}, runtime)).rejects.toThrow('Enough.');
    expect(shares).toEqual([1 / 128, 2 / 128]);
  });
});

describe('a reduced picture', () => {
  const known = { min: 0, max: 1 };
  const apply = (target: Raster, overviewTexture: Raster | null, overview: Raster | null = null) => {
    const input = inputOf(target, target);
    const view = { ...input.target, valueRange: known };
    const parameters = completeParameters(styleTransfer.description, {});
    return styleTransfer.apply({ ...input, target: view, overview, overviewTexture }, parameters, noNetworks);
  };
  const grid = { width: 16, height: 12 };
  const reduction = new TextureReduction(waves, grid, 1);
  reduction.add(waves);
  const texture = createRaster(reduction.finish(waves));
  const meanDifference = (one: Raster, other: Raster) =>
    one.data.reduce((sum, value, i) => sum + Math.abs(value - other.data[i]!), 0) / one.data.length;

  it('told the texture of the picture itself comes out nearer to what that picture gives', async () => {
    const size = { width: 24, height: 18 };
    const reduced = reducedByMeans(waves, size);
    const expected = reducedByMeans(await apply(waves, texture), size);
    const [told, alone] = [await apply(reduced, texture), await apply(reduced, null)];
    expect(meanDifference(told, expected)).toBeLessThan(meanDifference(alone, expected) / 2);
  });

  it('that is the picture itself is what it was', async () => {
    expect((await apply(waves, texture)).data).toEqual((await apply(waves, null)).data);
  });

  it('goes by its own shades, however large the overview that comes with the texture', async () => {
    const reduced = reducedByMeans(waves, { width: 24, height: 18 });
    const other = createRaster({ ...waves, data: waves.data.map((value) => value / 2) });
    expect((await apply(reduced, texture, other)).data).toEqual((await apply(reduced, texture)).data);
  });
});

describe('curves of the transfer', () => {
  const even = Float32Array.from({ length: 4000 }, (_, i) => (i + 0.5) / 4000);

  const remapped = (picture: Level, gradients: Float64Array, differences: Float32Array, detail = 1) => {
    const into = new Float32Array(differences.length);
    gradientCurve(picture, gradients, detail)(differences, 0, into);
    return into;
  };

  it('match the reference’s intensities where no slope is too steep', () => {
    const squares = Float64Array.from({ length: 65 }, (_, k) => (k / 64) ** 2);
    const curve = intensityCurve(even, squares, 3);
    for (const value of [0.1, 0.5, 0.8]) expect(curve(value)).toBeCloseTo(value ** 2, 3);
    const limited = intensityCurve(even, squares, 1.2);
    for (let value = 0; value < 0.95; value += 0.01)
      expect(limited(value + 0.02) - limited(value)).toBeLessThan(1.2 * 0.02 + 1e-6);
    const mean = even.reduce((sum, value) => sum + limited(value), 0) / even.length;
    expect(mean).toBeCloseTo(1 / 3, 2);
  });

  it('of gradients rise, are odd, never too steep and leave the smallest', () => {
    const differences = Float32Array.from({ length: 330 }, (_, i) => 0.001 + 0.003 * i);
    for (const { gradients } of looks) {
      const curve = remapped(waves, gradients, differences);
      for (const [i, difference] of differences.entries()) {
        expect(curve[i]!).toBeGreaterThanOrEqual((curve[i - 1] ?? 0) - 1e-6);
        expect(curve[i]!).toBeLessThanOrEqual(1.5 * difference + 1e-3);
        if (difference < 0.018) expect(curve[i]!).toBeLessThanOrEqual(difference + 1e-4);
      }
      const negative = differences.map((difference) => -difference);
      expect(remapped(waves, gradients, negative)).toEqual(curve.map((value) => -value));
    }
  });

  it('of gradients that count weaker are those of a picture with so much weaker gradients', () => {
    const differences = Float32Array.from({ length: 330 }, (_, i) => 0.001 + 0.003 * i);
    const weaker = { ...waves, data: waves.data.map((value) => value / 2.5) };
    for (const { gradients } of looks) {
      const curve = remapped(waves, gradients, differences, 2.5);
      expect(largestDifference(curve, remapped(weaker, gradients, differences))).toBeLessThan(1e-4);
      const usual = remapped(waves, gradients, differences);
      expect(largestDifference(curve, usual)).toBeGreaterThan(0.01);
      expect(curve.every((value, i) => value >= usual[i]! - 1e-6)).toBe(true);
    }
  });
});
