import { describe, expect, it } from 'vitest';
import type { Rect } from '../../contract/geometry';
import type { Filter, FilterInput, TargetPreparation } from '../../filters/filter';
import { dagfModelOf, WindowMean } from '../../filters/testing/dagfNetworks';
import { largestDifference } from '../../filters/testing/filterInputs';
import { cropRaster } from '../../raster/crop';
import type { Raster } from '../../raster/raster';
import { reducedByMeans } from '../../raster/reduceArea';
import { reduceBicubic } from '../../raster/reduceBicubic';
import { upsampleBicubic } from '../../raster/upsample';
import { bound, evaluatorOf, filterOf, runOf, wholeResult, withFilters } from '../testing/evaluators';
import { pictureOf, processingOf, sourceOf, stepOf } from '../testing/sources';
import { Meter } from './meter';
import type { Run } from './run';

/** The guidance's values as filters see them. */
const unit = (picture: Raster): Raster => ({ ...picture, data: picture.data.map((value) => value / 255) });

type Ran = WindowMean['runs'][number];

const [width, height] = [101, 77];
const target = sourceOf(pictureOf(width, height, 1, 5));
// No whole factor, so that pixels at the ends of areas count in part.
const guidance = sourceOf(pictureOf(397, 309, 3, 6));

describe('a filter that prepares its target', () => {
  const prepares = (seen: { small: FilterInput[]; large: FilterInput[] }, detail: number): Filter => {
    const preparation: TargetPreparation = {
      key: 'ten more',
      needs: { reach: 2, multiple: 1, bytesPerPixel: 1 },
      detail,
      suited: (view) => view,
      apply: async (input) => {
        seen.small.push(input);
        const given = upsampleBicubic(input.target, input.region);
        return { ...given, data: given.data.map((value) => value + 10) };
      },
    };
    return filterOf('prepares', {
      preparation: ({ none }) => (none ? null : preparation),
      apply: async (input) => {
        seen.large.push(input);
        return upsampleBicubic(input.prepared ?? input.target, input.region);
      },
    });
  };
  const evaluated = async (
    of: Raster | null,
    step = stepOf('prepares'),
    { detail = 1, under = guidance } = {},
  ) => {
    const seen = { small: [] as FilterInput[], large: [] as FilterInput[] };
    const { known, filterById } = withFilters(prepares(seen, detail));
    const document = bound(target, of && under, processingOf(step), known);
    const result = await wholeResult(evaluatorOf({ filterById, tileBytes: 1 }), document);
    return { ...seen, result };
  };

  it('has the guidance on the target’s grid: the means over areas of all of it', async () => {
    const { small } = await evaluated(guidance.raster);
    const means = reducedByMeans(unit(guidance.raster), { width, height });
    expect(small).toHaveLength(4);
    for (const { region, guidance: given, target: view, whole } of small) {
      expect(largestDifference(given!.data, cropRaster(means, region).data)).toBeLessThan(1e-6);
      expect([view.factor, view.whole, whole]).toEqual([
        { x: 1, y: 1 },
        { width, height },
        { width, height },
      ]);
      expect(view.valueRange).toEqual(target.knownRange);
    }
  });

  it('guided by what comes in has that on its grid', async () => {
    const { small } = await evaluated(guidance.raster, stepOf('prepares', { guidance: 'input' }));
    const region = { x: 0, y: 0, ...guidance.info.size };
    const factor = { x: 397 / width, y: 309 / height };
    const view = { raster: target.raster, offset: region, factor, whole: target.raster };
    const means = reducedByMeans(unit(upsampleBicubic(view, region)), { width, height });
    for (const { region: place, guidance: given } of small)
      expect(largestDifference(given!.data, cropRaster(means, place).data)).toBeLessThan(1e-6);
  });

  /** A tile's place in a grid so many times as fine. */
  const finer = ({ x, y, width, height }: Rect, detail: number): Rect => ({
    x: detail * x,
    y: detail * y,
    width: detail * width,
    height: detail * height,
  });

  it.each([
    ['the document’s', stepOf('prepares')],
    ['what comes in', stepOf('prepares', { guidance: 'input' })],
  ])('has a guidance finer than that grid where it wants it: %s', async (_, step) => {
    const { small } = await evaluated(guidance.raster, step, { detail: 3 });
    const region = { x: 0, y: 0, ...guidance.info.size };
    const factor = { x: 397 / width, y: 309 / height };
    const enlarged = { raster: target.raster, offset: region, factor, whole: target.raster };
    const seen = step.guidance === 'input' ? upsampleBicubic(enlarged, region) : guidance.raster;
    const means = reducedByMeans(unit(seen), { width: 3 * width, height: 3 * height });
    expect(small).toHaveLength(4);
    for (const { region: place, guidance: given, target: view } of small) {
      const expected = cropRaster(means, finer(place, 3));
      expect([given!.width, given!.height]).toEqual([expected.width, expected.height]);
      expect(largestDifference(given!.data, expected.data)).toBeLessThan(1e-6);
      expect(view.whole).toEqual({ width, height });
    }
  });

  it.each([
    ['the guidance’s own pixels', 4, 1],
    ['twice as fine as the guidance', 8, 2],
  ])('has %s where the factor is a whole number', async (_, detail, repeated) => {
    const under = sourceOf(pictureOf(4 * width, 4 * height, 3, 6));
    const { small } = await evaluated(under.raster, stepOf('prepares'), { detail, under });
    const own = unit(under.raster);
    const pixels = own.width * own.height;
    for (const { region, guidance: given } of small) {
      const place = finer(region, detail);
      const expected = Float32Array.from({ length: 3 * place.width * place.height }, (_, i) => {
        const [channel, pixel] = [
          Math.floor(i / (place.width * place.height)),
          i % (place.width * place.height),
        ];
        const x = Math.floor((place.x + (pixel % place.width)) / repeated);
        const y = Math.floor((place.y + Math.floor(pixel / place.width)) / repeated);
        return own.data[channel * pixels + y * own.width + x]!;
      });
      expect(largestDifference(given!.data, expected)).toBeLessThan(1e-6);
    }
  });

  it('gets it whole in every tile, prepared once, and the target as it is beside it', async () => {
    const { large, result } = await evaluated(guidance.raster);
    expect(large.length).toBeGreaterThan(4);
    for (const { prepared, target: view } of large) {
      expect(prepared!.raster.data).toEqual(target.raster.data.map((value) => value + 10));
      expect(prepared!.factor).toEqual(view.factor);
      expect(view.raster.data).toEqual(target.raster.data);
    }
    expect(result.width).toBe(397);
  });

  it('works without guidance, and is asked again only by the step that sees the target', async () => {
    const alone = await evaluated(null);
    expect(alone.small[0]!.guidance).toBeNull();
    const { small, large } = await evaluated(guidance.raster, stepOf('prepares', { iterations: 2 }));
    expect(small).toHaveLength(4);
    expect(new Set(large.map(({ prepared }) => prepared === null))).toEqual(new Set([true, false]));
  });
});

describe('DAGF with weights for targets that are cleaned first', () => {
  const models = [4, 8].flatMap((factor) => [
    { ...dagfModelOf(factor, 'noisy'), denoisedBy: `dagf-x${factor}-low-noise` },
    // Wide, so that cleaning in all orientations would cost much: once is easier to count.
    { ...dagfModelOf(factor, 'low-noise'), channels: 64 },
  ]);
  /** What cleans sees its guidance three times as fine as the target. */
  const seeingFiner = models.map((model) =>
    model.degradation === 'low-noise' ? { ...model, guidanceDetail: 3 } : model,
  );
  const noisy = (quality = 'I_2') => stepOf('dagf', { parameters: { noise: 'noisy', quality } });
  const setting = (tileBytes = 1e9, available = models) => {
    const networks = new WindowMean(available);
    const evaluator = evaluatorOf({ models: (network) => networks.models(network), tileBytes });
    const run = (signal = new AbortController().signal): Run => {
      const used: string[] = [];
      const noting = {
        models: (network: string) => networks.models(network),
        run: (...request: Parameters<WindowMean['run']>) => {
          used.push(request[0]);
          return networks.run(...request);
        },
      };
      return { ...runOf(), models: used, runtime: { networks: noting, signal } };
    };
    return { networks, evaluator, run, ran: () => networks.runs.map(({ model }) => model) };
  };
  const documentOf = (of = target, step = noisy(), under = guidance) => bound(of, under, processingOf(step));
  const { min, max } = target.knownRange!;

  it('cleans the target on its own grid, scaled by its range, then enlarges what is clean', async () => {
    const { evaluator, networks, run, ran } = setting();
    await wholeResult(evaluator, documentOf(), run());
    expect(ran()).toEqual(['dagf-x4-low-noise', 'dagf-x4-noisy']);
    const [first, second] = networks.runs.map(({ inputs }) => inputs);
    const { target: small, guidance: guide } = first!;
    expect([small!.width, small!.height, guide!.width, guide!.height]).toEqual([104, 80, 104, 80]);
    const means = reducedByMeans(unit(guidance.raster), { width, height });
    for (const [x, y, fromX, fromY] of [
      [3, 5, 3, 5],
      [100, 76, 100, 76],
      [103, 40, 97, 40],
      [17, 79, 17, 73],
    ] as const) {
      const expected = (target.raster.data[fromY * width + fromX]! - min) / (max - min);
      expect(small!.data[y * 104 + x]).toBeCloseTo(expected, 5);
      expect(guide!.data[y * 104 + x]).toBeCloseTo(means.data[fromY * width + fromX]!, 5);
    }
    // What the stand-in makes of them, enlarged as targets always are.
    const alone = await new WindowMean(models).run('dagf-x4-low-noise', 'I_2', first!);
    const data = Float32Array.from(
      { length: width * height },
      (_, i) => alone.data[Math.floor(i / width) * 104 + (i % width)]!,
    );
    const factor = { x: 397 / width, y: 309 / height };
    const view = { raster: { ...target.raster, data }, offset: { x: 0, y: 0 }, factor, whole: target.raster };
    const enlarged = upsampleBicubic(view, { x: 0, y: 0, width: 397, height: 309 });
    const { data: seen, width: stride } = second!.target!;
    for (const [x, y] of [
      [0, 0],
      [200, 150],
      [396, 308],
    ] as const)
      expect(seen[y * stride + x]).toBeCloseTo(enlarged.data[y * 397 + x]!, 4);
  });

  it('gives the network of the model a guidance as fine as that wants it, continued as the target is', async () => {
    const { evaluator, networks, run, ran } = setting(1e9, seeingFiner);
    await wholeResult(evaluator, documentOf(), run());
    expect(ran()).toEqual(['dagf-x4-low-noise', 'dagf-x4-noisy']);
    const [{ inputs: small }, { inputs: large }] = networks.runs as [Ran, Ran];
    const sizes = [small.target, small.guidance, large.guidance].map((one) => [one!.width, one!.height]);
    expect(sizes).toEqual([
      [104, 80],
      [312, 240],
      [400, 312],
    ]);
    const means = reducedByMeans(unit(guidance.raster), { width: 3 * width, height: 3 * height });
    for (const [x, y, fromX, fromY] of [
      [10, 17, 10, 17],
      [302, 230, 302, 230],
      // The pixels right of target pixel 100 are those of 99, then those of 98, each from its right to its left.
      [303, 20, 299, 20],
      [305, 20, 297, 20],
      [306, 20, 296, 20],
      [40, 232, 40, 226],
    ] as const)
      expect(small.guidance!.data[y * 312 + x]).toBeCloseTo(means.data[fromY * 3 * width + fromX]!, 5);
  });

  it.each([
    ['on the target’s grid', models],
    ['finer', seeingFiner],
  ])('gives the same in tiles as whole, the guidance %s', async (_, available) => {
    const [whole, tiled] = [setting(1e9, available), setting(1, available)];
    const one = await wholeResult(whole.evaluator, documentOf(), whole.run());
    const other = await wholeResult(tiled.evaluator, documentOf(), tiled.run());
    expect(tiled.ran().filter((id) => id === 'dagf-x4-low-noise')).toHaveLength(4);
    expect(tiled.ran().filter((id) => id === 'dagf-x4-noisy').length).toBeGreaterThan(4);
    expect(largestDifference(one.data, other.data)).toBe(0);
  });

  it('cleans once for all qualities, and every result names both models', async () => {
    const { evaluator, run, ran } = setting();
    for (const quality of ['I_0', 'I_1', 'I_2']) {
      const current = run();
      await wholeResult(evaluator, documentOf(target, noisy(quality)), current);
      expect(new Set(current.models)).toEqual(new Set(['dagf-x4-low-noise', 'dagf-x4-noisy']));
    }
    expect(ran().filter((id) => id === 'dagf-x4-low-noise')).toHaveLength(1);
  });

  it('counts the small tiles in how far it is', async () => {
    const { evaluator, run } = setting(1);
    const shares: number[] = [];
    const meter = new Meter((share) => shares.push(share));
    const region = { x: 0, y: 0, width: 4, height: 4 };
    await evaluator.evaluate(documentOf(), region, 0, { ...run(), meter });
    // Four of the target's and one of the result's.
    expect(shares).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
  });

  it('stops between the small tiles, and computes what is missing when it is asked again', async () => {
    const { evaluator, networks, run, ran } = setting(1);
    const stop = new AbortController();
    const real = networks.run.bind(networks);
    networks.run = (...request) => {
      if (networks.runs.length === 1) stop.abort(new Error('Enough.'));
      return real(...request);
    };
    await expect(wholeResult(evaluator, documentOf(), run(stop.signal))).rejects.toThrow('Enough.');
    expect(ran()).toEqual(['dagf-x4-low-noise', 'dagf-x4-low-noise']);
    networks.run = () => Promise.reject(new Error('Broken.'));
    await expect(wholeResult(evaluator, documentOf(), run())).rejects.toThrow('Broken.');
    networks.run = real;
    const again = await wholeResult(evaluator, documentOf(), run());
    expect(ran().filter((id) => id === 'dagf-x4-low-noise')).toHaveLength(4);
    const other = setting();
    expect(again.data).toEqual((await wholeResult(other.evaluator, documentOf(), other.run())).data);
  });

  it('reduces a target that is sharper than its model knows before it is cleaned', async () => {
    const { evaluator, networks, run, ran } = setting();
    const sharp = sourceOf(pictureOf(80, 64, 1, 9));
    const document = documentOf(sharp, noisy(), sourceOf(pictureOf(400, 320, 3, 6)));
    await wholeResult(evaluator, document, run());
    expect(ran()).toEqual(['dagf-x8-low-noise', 'dagf-x8-noisy']);
    const { target: small, guidance: guide } = networks.runs[0]!.inputs;
    expect([small!.width, small!.height, guide!.width]).toEqual([56, 40, 56]);
    const reduced = reduceBicubic(sharp.raster, { width: 50, height: 40 });
    const range = sharp.knownRange!;
    const expected = (reduced.data[20 * 50 + 30]! - range.min) / (range.max - range.min);
    expect(small!.data[20 * 56 + 30]).toBeCloseTo(expected, 5);
  });

  it('cleans a colour target channel by channel, and leaves a flat one alone', async () => {
    const colour = setting();
    await wholeResult(colour.evaluator, documentOf(sourceOf(pictureOf(width, height, 3))), colour.run());
    expect(colour.ran()).toEqual([
      ...new Array(3).fill('dagf-x4-low-noise'),
      ...new Array(3).fill('dagf-x4-noisy'),
    ]);
    const flat = sourceOf({ width, height, channels: 1, data: new Float32Array(width * height).fill(7.5) });
    const still = setting();
    const result = await wholeResult(still.evaluator, documentOf(flat), still.run());
    expect(new Set(result.data)).toEqual(new Set([7.5]));
    expect(still.ran()).toEqual([]);
  });

  it('cleans what a smaller view is computed from by the weights of its factor', async () => {
    const { evaluator, networks, run, ran } = setting();
    const picture = sourceOf(pictureOf(2048, 1024, 3, 6));
    const small = sourceOf(pictureOf(256, 128, 1, 5));
    const document = documentOf(small, noisy(), picture);
    const region = { x: 0, y: 0, width: 64, height: 64 };
    const { approximate } = await evaluator.evaluate(document, region, 1, run());
    expect([approximate, ...ran()]).toEqual([true, 'dagf-x4-low-noise', 'dagf-x4-noisy']);
    const { guidance: guide } = networks.runs[0]!.inputs;
    const means = reducedByMeans(unit(picture.raster), { width: 256, height: 128 });
    expect(largestDifference(guide!.data, means.data)).toBeLessThan(1e-5);
  });

  it('cleans every label of a class map by itself, once', async () => {
    const { evaluator, run, ran } = setting(1);
    const data = Float32Array.from({ length: 20 * 16 }, (_, i) => (i % 20 > 9 ? 40 : 9));
    const map = sourceOf({ width: 20, height: 16, channels: 1, data });
    const processing = { ...processingOf(noisy()), targetValues: 'classes' as const };
    const document = bound(map, sourceOf(pictureOf(160, 128, 3)), processing);
    const result = await wholeResult(evaluator, document, run());
    expect(new Set(result.data)).toEqual(new Set([40, 9]));
    expect(ran().filter((id) => id === 'dagf-x8-low-noise')).toHaveLength(2);
  });

  it('is not asked to clean what the step before has made', async () => {
    const { evaluator, run, ran } = setting();
    await wholeResult(evaluator, documentOf(target, { ...noisy(), iterations: 2 }), run());
    expect(ran()).toEqual(['dagf-x4-low-noise', 'dagf-x4-noisy', 'dagf-x4-noisy']);
  });
});
