import { describe, expect, it, vi } from 'vitest';
import { SidelightError } from '../../contract/errors';
import type { Filter } from '../../filters/filter';
import { cropRaster } from '../../raster/crop';
import { createRaster, type Raster } from '../../raster/raster';
import { reduceBox } from '../../raster/reduceBox';
import { SampleMemory } from '../../raster/sampleMemory';
import { upsampleBicubic } from '../../raster/upsample';
import { bound, evaluatorOf, filterOf, runOf, wholeResult, withFilters } from '../testing/evaluators';
import { pictureOf, processingOf, sourceOf, stepOf } from '../testing/sources';
import { wholeOf } from './geometry';

function largestDifference(a: Raster, b: Raster): number {
  expect([a.width, a.height, a.channels]).toEqual([b.width, b.height, b.channels]);
  return a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - b.data[i]!)), 0);
}

describe('tiles and the whole', () => {
  const target = sourceOf(pictureOf(97, 71, 1, 2));
  const guidance = sourceOf(pictureOf(389, 283, 3, 3));

  it.each([
    ['guided filter', [stepOf('guided-filter', { parameters: { radius: 5 } })]],
    ['guided filter twice', [stepOf('guided-filter', { parameters: { radius: 4 }, iterations: 2 })]],
    [
      'two steps and a blend',
      [stepOf('guided-filter', { parameters: { radius: 3 }, opacity: 0.4 }), stepOf('bicubic', { id: 'b' })],
    ],
  ])('agree to 1e-4 of the range: %s', async (_, steps) => {
    const document = bound(target, guidance, processingOf(...steps));
    const whole = await wholeResult(evaluatorOf(), document);
    // Memory for one row of pixels: the smallest tiles there are.
    const tiled = await wholeResult(evaluatorOf({ tileBytes: 1 }), document);
    const { min, max } = target.knownRange!;
    expect(largestDifference(whole, tiled)).toBeLessThanOrEqual(1e-4 * (max - min));
  });

  it('agree for any region', async () => {
    const document = bound(
      target,
      guidance,
      processingOf(stepOf('guided-filter', { parameters: { radius: 6 } })),
    );
    const whole = await wholeResult(evaluatorOf(), document);
    const region = { x: 130, y: 61, width: 150, height: 99 };
    const part = await evaluatorOf({ tileBytes: 1 }).evaluate(document, region, 0, runOf());
    expect(part.approximate).toBe(false);
    expect(largestDifference(part.raster, cropRaster(whole, region))).toBeLessThanOrEqual(1e-4 * 255);
  });
});

describe('the chain', () => {
  const target = sourceOf(pictureOf(20, 16, 1));
  const guidance = sourceOf(pictureOf(80, 64, 3));

  it('without steps enlarges bicubically', async () => {
    const document = bound(target, guidance, processingOf());
    const view = {
      raster: target.raster,
      offset: { x: 0, y: 0 },
      factor: { x: 4, y: 4 },
      whole: target.raster,
    };
    const expected = upsampleBicubic(view, wholeOf(document.size));
    expect(largestDifference(await wholeResult(evaluatorOf(), document), expected)).toBe(0);
  });

  it('leaves out steps that are switched off', async () => {
    const on = bound(target, guidance, processingOf(stepOf('bicubic')));
    const off = bound(
      target,
      guidance,
      processingOf(stepOf('guided-filter', { enabled: false }), stepOf('bicubic', { id: 'b' })),
    );
    const evaluator = evaluatorOf();
    expect(largestDifference(await wholeResult(evaluator, on), await wholeResult(evaluator, off))).toBe(0);
  });

  it('blends by opacity with what came in', async () => {
    const evaluator = evaluatorOf();
    const full = await wholeResult(evaluator, bound(target, guidance, processingOf(stepOf('guided-filter'))));
    const none = await wholeResult(evaluator, bound(target, guidance, processingOf()));
    const blended = await wholeResult(
      evaluator,
      bound(target, guidance, processingOf(stepOf('guided-filter', { opacity: 0.25 }))),
    );
    const expected = full.data.map((value, i) => 0.25 * value + 0.75 * none.data[i]!);
    expect(largestDifference(blended, createRaster({ ...full, data: expected }))).toBeLessThan(1e-4);
  });

  it('gives each iteration the result of the one before, on the result’s grid', async () => {
    const seen: { factor: unknown; target: number }[] = [];
    const addOne = filterOf('add-one', {
      apply: async (input) => {
        const raster = upsampleBicubic(input.target, input.region);
        seen.push({ factor: input.target.factor, target: input.target.raster.width });
        return createRaster({ ...raster, data: raster.data.map((value) => value + 1) });
      },
    });
    const { known, filterById: byId } = withFilters(addOne);
    const document = bound(target, guidance, processingOf(stepOf('add-one', { iterations: 3 })), known);
    const evaluator = evaluatorOf({ filterById: byId });
    const result = await wholeResult(evaluator, document);
    const plain = await wholeResult(evaluator, bound(target, guidance, processingOf()));
    expect(
      largestDifference(result, createRaster({ ...plain, data: plain.data.map((v) => v + 3) })),
    ).toBeLessThan(1e-4);
    expect(seen).toEqual([
      { factor: { x: 4, y: 4 }, target: 20 },
      { factor: { x: 1, y: 1 }, target: 80 },
      { factor: { x: 1, y: 1 }, target: 80 },
    ]);
  });

  it('keeps unit, full scale and sample type of the target', async () => {
    const depth = sourceOf({
      ...pictureOf(20, 16, 1),
      unit: 'mm',
      sampleType: 'u16',
      fullScale: { min: 0, max: 65535 },
    });
    const result = await wholeResult(
      evaluatorOf(),
      bound(depth, guidance, processingOf(stepOf('guided-filter'))),
    );
    expect(result).toMatchObject({
      unit: 'mm',
      sampleType: 'u16',
      fullScale: { min: 0, max: 65535 },
      channels: 1,
    });
  });
});

describe('pixels the target does not know', () => {
  const unknown = new Uint8Array(20 * 16);
  unknown[5 * 20 + 7] = 1;
  const target = sourceOf({ ...pictureOf(20, 16, 1), unknown });
  const guidance = sourceOf(pictureOf(80, 64, 3));

  it('stay unknown, each over its own block', async () => {
    const result = await wholeResult(
      evaluatorOf(),
      bound(target, guidance, processingOf(stepOf('guided-filter'))),
    );
    const marked = [...result.unknown!.entries()]
      .filter(([, pixel]) => pixel)
      .map(([i]) => [i % 80, Math.floor(i / 80)]);
    expect(marked).toHaveLength(16);
    for (const [x, y] of marked) expect([Math.floor(x! / 4), Math.floor(y! / 4)]).toEqual([7, 5]);
  });

  it('are completed when the recipe says so', async () => {
    const processing = { ...processingOf(stepOf('guided-filter')), unknown: 'complete' as const };
    const result = await wholeResult(evaluatorOf(), bound(target, guidance, processing));
    expect(result.unknown).toBeNull();
    expect(result.data.every(Number.isFinite)).toBe(true);
  });
});

describe('reduced views', () => {
  const target = sourceOf(pictureOf(75, 51, 1));
  const guidance = sourceOf(pictureOf(299, 203, 3));
  const processing = processingOf(stepOf('guided-filter', { parameters: { radius: 4 } }));

  it('of small documents are the mean of what export writes', async () => {
    const document = bound(target, guidance, processing);
    const evaluator = evaluatorOf();
    const region = { x: 3, y: 5, width: 34, height: 20 };
    const reduced = await evaluator.evaluate(document, region, 3, runOf());
    const expected = cropRaster(reduceBox(await wholeResult(evaluator, document), 3), region);
    expect(reduced.approximate).toBe(false);
    expect(largestDifference(reduced.raster, expected)).toBeLessThan(1e-3);
  });

  it('of small documents are computed on reduced pictures as well when a step takes long', async () => {
    const { description } = filterOf('slow', {});
    const slow = filterOf('slow', { description: { ...description, secondsPerMegapixel: 30 } });
    const document = bound(target, guidance, processingOf(stepOf('slow', { iterations: 2 })), [slow]);
    const evaluator = evaluatorOf({ filterById: () => slow });
    const region = { x: 0, y: 0, width: 30, height: 20 };
    expect((await evaluator.evaluate(document, region, 3, runOf())).approximate).toBe(true);
  });

  it('of large documents are computed on reduced pictures, and say so, until the tiles are there', async () => {
    const large = sourceOf(pictureOf(1100, 1000, 3));
    const document = bound(sourceOf(pictureOf(275, 250, 1)), large, processing);
    const evaluator = evaluatorOf();
    const region = { x: 0, y: 0, width: 100, height: 100 };
    const proxy = await evaluator.evaluate(document, region, 1, runOf());
    expect(proxy.approximate).toBe(true);
    expect(proxy.raster).toMatchObject({ width: 100, height: 100 });
    const whole = await wholeResult(evaluator, document);
    const exact = await evaluator.evaluate(document, region, 1, runOf());
    expect(exact.approximate).toBe(false);
    const { raster: expected } = { raster: cropRaster(reduceBox(whole, 1), region) };
    expect(largestDifference(exact.raster, expected)).toBeLessThan(1e-3);
    // The proxy resembles what it stands for: well within the texture's amplitude.
    const off =
      proxy.raster.data.reduce((sum, value, i) => sum + Math.abs(value - expected.data[i]!), 0) / 1e4;
    expect(off).toBeLessThan(5);
  });

  it('of blends of large documents stay on reduced pictures: a dragged opacity must not blend what is not seen', async () => {
    const large = sourceOf(pictureOf(1100, 1000, 1));
    const document = bound(large, null, processingOf(stepOf('bicubic', { opacity: 0.5 })));
    const evaluator = evaluatorOf();
    await wholeResult(evaluator, document);
    const region = { x: 0, y: 0, width: 100, height: 100 };
    const { raster, approximate } = await evaluator.evaluate(document, region, 1, runOf());
    expect(approximate).toBe(true);
    expect(largestDifference(raster, cropRaster(reduceBox(large.raster, 1), region))).toBeLessThan(1e-3);
  });

  it('never enlarge by less than one: the target is reduced with them', async () => {
    const large = sourceOf(pictureOf(1100, 1000, 3));
    const document = bound(sourceOf(pictureOf(550, 500, 1)), large, processing);
    const proxy = await evaluatorOf().evaluate(document, { x: 0, y: 0, width: 60, height: 60 }, 4, runOf());
    expect(proxy).toMatchObject({ approximate: true, raster: { width: 60, height: 60 } });
    expect(proxy.raster.data.every((value) => value > 0 && value < 255)).toBe(true);
  });
});

describe('the cache', () => {
  const target = sourceOf(pictureOf(40, 40, 1));
  const guidance = sourceOf(pictureOf(80, 80, 1));

  it('computes a tile once, for every view of it, and again for other parameters', async () => {
    const apply = vi.fn<Filter['apply']>(async (input) => upsampleBicubic(input.target, input.region));
    const counting = filterOf('counting', { apply });
    counting.description.parameters.push({
      kind: 'boolean',
      name: 'other',
      title: '',
      summary: '',
      default: false,
    });
    const { known, filterById: byId } = withFilters(counting);
    const evaluator = evaluatorOf({ filterById: byId });
    const document = bound(target, guidance, processingOf(stepOf('counting')), known);
    const region = { x: 0, y: 0, width: 80, height: 80 };
    await evaluator.evaluate(document, region, 0, runOf());
    await evaluator.evaluate(document, { ...region, width: 10 }, 0, runOf());
    await evaluator.evaluate(document, { x: 0, y: 0, width: 40, height: 40 }, 1, runOf());
    expect(apply).toHaveBeenCalledTimes(1);
    expect(evaluator.cache.bytes).toBe(80 * 80 * 4);
    const other = bound(
      target,
      guidance,
      processingOf(stepOf('counting', { parameters: { other: true } })),
      known,
    );
    await evaluator.evaluate(other, region, 0, runOf());
    expect(apply).toHaveBeenCalledTimes(2);
    await evaluator.evaluate(
      bound(sourceOf(pictureOf(40, 40, 1, 9)), guidance, document.processing, known),
      region,
      0,
      runOf(),
    );
    expect(apply).toHaveBeenCalledTimes(3);
  });

  it('keeps what a step made, not its blends: no opacity on the way costs room or filtering', async () => {
    const apply = vi.fn<Filter['apply']>(async (input) => {
      const enlarged = upsampleBicubic(input.target, input.region);
      return createRaster({ ...enlarged, data: enlarged.data.map((value) => value + 100) });
    });
    const { known, filterById: byId } = withFilters(filterOf('brighter', { apply }));
    const evaluator = evaluatorOf({ filterById: byId });
    const at = (opacity: number) =>
      bound(target, guidance, processingOf(stepOf('brighter', { opacity })), known);
    const plain = await wholeResult(evaluatorOf(), bound(target, guidance, processingOf()));
    const region = { x: 7, y: 11, width: 60, height: 50 };
    const memory = new SampleMemory();
    for (const opacity of [0, 0.2, 0.4, 0.9, 0.4]) {
      const { raster, approximate } = await evaluator.evaluate(at(opacity), region, 0, runOf(), memory);
      const expected = cropRaster(plain, region);
      expect(approximate).toBe(false);
      expect(
        largestDifference(
          raster,
          createRaster({ ...expected, data: expected.data.map((v) => v + 100 * opacity) }),
        ),
      ).toBeLessThan(1e-4);
      // What the step made of the picture, and the picture enlarged.
      expect(evaluator.cache.bytes).toBe(2 * 80 * 80 * 4);
    }
    expect(apply).toHaveBeenCalledTimes(1);
    expect((await evaluator.peek(at(0.5), 7, 11, runOf()))?.data[0]).toBeCloseTo(
      plain.data[11 * 80 + 7]! + 50,
      3,
    );
  });

  it('tells a value only once its tile is there', async () => {
    const evaluator = evaluatorOf();
    const document = bound(target, guidance, processingOf(stepOf('guided-filter')));
    expect(await evaluator.peek(document, 3, 4, runOf())).toBeNull();
    const whole = await wholeResult(evaluator, document);
    expect((await evaluator.peek(document, 3, 4, runOf()))?.data[0]).toBe(whole.data[4 * 80 + 3]);
  });
});

describe('when memory does not suffice', () => {
  const target = sourceOf(pictureOf(100, 100, 1));
  const guidance = sourceOf(pictureOf(400, 400, 1));

  /** Has memory for so many pixels at a time. */
  const hungry = (pixels: number, regions: number[]) =>
    filterOf('hungry', {
      apply: async (input) => {
        const size = input.region.width * input.region.height;
        regions.push(size);
        if (size > pixels) throw new SidelightError('memory-exhausted', 'Too much.', 'Less.');
        return upsampleBicubic(input.target, input.region);
      },
    });

  it('goes on with smaller tiles, remembers their size, and gives the same result', async () => {
    const regions: number[] = [];
    const { known, filterById: byId } = withFilters(hungry(10_000, regions));
    const document = bound(target, guidance, processingOf(stepOf('hungry')), known);
    const evaluator = evaluatorOf({ filterById: byId });
    const result = await wholeResult(evaluator, document);
    const plain = await wholeResult(evaluator, bound(target, guidance, processingOf()));
    expect(largestDifference(result, plain)).toBe(0);
    expect(regions.filter((size) => size > 10_000).length).toBeLessThanOrEqual(4);
  });

  it('says so when even the smallest tiles do not fit', async () => {
    const { known, filterById: byId } = withFilters(hungry(3, []));
    const document = bound(target, guidance, processingOf(stepOf('hungry')), known);
    await expect(wholeResult(evaluatorOf({ filterById: byId }), document)).rejects.toMatchObject({
      code: 'memory-exhausted',
    });
  });
});

it('stops between tiles', async () => {
  const controller = new AbortController();
  let tiles = 0;
  const stopping = filterOf('stopping', {
    apply: async (input) => {
      tiles += 1;
      if (tiles === 2) controller.abort(new SidelightError('cancelled', 'Stopped.', 'Start again.'));
      return upsampleBicubic(input.target, input.region);
    },
  });
  const { known, filterById: byId } = withFilters(stopping);
  const document = bound(
    sourceOf(pictureOf(100, 100, 1)),
    sourceOf(pictureOf(400, 400, 1)),
    processingOf(stepOf('stopping')),
    known,
  );
  const evaluator = evaluatorOf({ filterById: byId, tileBytes: 1 });
  await expect(wholeResult(evaluator, document, runOf(controller.signal))).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect(tiles).toBe(2);
});
