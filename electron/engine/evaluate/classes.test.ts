import { describe, expect, it, vi } from 'vitest';
import type { Processing } from '../../contract/recipe';
import type { Filter } from '../../filters/filter';
import { upsampleBicubic } from '../../raster/upsample';
import { bound, evaluatorOf, filterOf, runOf, wholeResult, withFilters } from '../testing/evaluators';
import { pictureOf, processingOf, sourceOf, stepOf } from '../testing/sources';

const classesOf = (...steps: Parameters<typeof processingOf>): Processing => ({
  ...processingOf(...steps),
  targetValues: 'classes',
});

/** Three regions with slanted borders, one value each, out of order and far apart. */
function labelPicture(width: number, height: number, values: readonly [number, number, number]) {
  const data = Float32Array.from({ length: width * height }, (_, i) => {
    const x = i % width;
    const y = Math.floor(i / width);
    return x + y < width / 2 ? values[0] : x > y + width / 4 ? values[1] : values[2];
  });
  return { width, height, channels: 1 as const, data, fullScale: { min: 0, max: 255 } };
}

const values = [200, 3, 70_000] as const;
const guidance = sourceOf(pictureOf(389, 283, 3, 3));
const target = sourceOf(labelPicture(97, 71, values));

describe('class maps', () => {
  it('have no values but their labels, whatever is done to them', async () => {
    const steps = [
      stepOf('guided-filter', { parameters: { radius: 4 }, iterations: 2, opacity: 0.7 }),
      stepOf('bicubic', { id: 'b' }),
    ];
    const result = await wholeResult(evaluatorOf(), bound(target, guidance, classesOf(...steps)));
    expect([result.width, result.height]).toEqual([389, 283]);
    expect(new Set(result.data)).toEqual(new Set(values));
  });

  it('keep every pixel where there is nothing to do', async () => {
    const alone = bound(target, null, classesOf(stepOf('bicubic')));
    expect((await wholeResult(evaluatorOf(), alone)).data).toEqual(target.raster.data);
  });

  it('are the same in tiles as whole', async () => {
    const document = bound(
      target,
      guidance,
      classesOf(stepOf('guided-filter', { parameters: { radius: 6 } })),
    );
    const whole = await wholeResult(evaluatorOf(), document);
    const tiled = await wholeResult(evaluatorOf({ tileBytes: 1, cacheBytes: 1e6 }), document);
    expect(tiled.data).toEqual(whole.data);
    const region = { x: 130, y: 61, width: 30, height: 20 };
    const { raster } = await evaluatorOf({ tileBytes: 1 }).evaluate(document, region, 0, runOf());
    expect(raster.data[5]).toBe(whole.data[61 * 389 + 135]);
  });

  it('get the label whose channel is strongest: by majority, for a mean of the neighbourhood', async () => {
    // One pixel of another class in the middle of a class: it is outvoted, and its value never mixes in.
    const data = new Float32Array(25 * 25).fill(7);
    data[12 * 25 + 12] = 9;
    const lonely = sourceOf({ width: 25, height: 25, channels: 1, data });
    const flat = sourceOf({ ...pictureOf(25, 25, 3), data: new Float32Array(25 * 25 * 3).fill(100) });
    const step = stepOf('guided-filter', { parameters: { radius: 2, epsilon: 1 } });
    const result = await wholeResult(evaluatorOf(), bound(lonely, flat, classesOf(step)));
    expect(new Set(result.data)).toEqual(new Set([7]));
  });

  it('may be colours, and keep what belongs to their pixels', async () => {
    const { data, ...shape } = labelPicture(40, 30, [0, 128, 64]);
    const colours = Float32Array.from([...data, ...data.map((value) => 255 - value), ...data]);
    const alpha = data.map((value) => (value === 128 ? 0.5 : 1));
    const coloured = sourceOf({ ...shape, channels: 3, data: colours, alpha });
    const step = stepOf('guided-filter', { parameters: { radius: 3 } });
    const result = await wholeResult(
      evaluatorOf(),
      bound(coloured, null, classesOf({ ...step, guidance: 'input' })),
    );
    const pixels = 40 * 30;
    const found = new Set(
      Array.from({ length: pixels }, (_, i) => [0, 1, 2].map((c) => result.data[c * pixels + i]).join()),
    );
    expect(found).toEqual(new Set(['0,255,0', '128,127,128', '64,191,64']));
    expect(result.alpha).toEqual(coloured.raster.alpha);
  });

  it('are seen by filters as one clean channel of zeros and ones at a time', async () => {
    const seen: number[][] = [];
    const spy = filterOf('spy', {
      apply: async ({ target: view, region }) => {
        seen.push([...new Set(view.raster.data)].sort(), [view.raster.channels, view.noise]);
        expect(view.valueRange).toEqual({ min: 0, max: 1 });
        return upsampleBicubic(view, region);
      },
    });
    const { known, filterById } = withFilters(spy);
    const document = bound({ ...target, noise: 0.2 }, guidance, classesOf(stepOf('spy')), known);
    await wholeResult(evaluatorOf({ filterById }), document);
    expect(seen).toEqual(
      [...Array(3)].flatMap(() => [
        [0, 1],
        [1, 0],
      ]),
    );
  });

  it('cost nothing far from every border', async () => {
    const apply = vi.fn<Filter['apply']>(async (input) => upsampleBicubic(input.target, input.region));
    const { known, filterById } = withFilters(filterOf('counting', { apply }));
    const data = Float32Array.from({ length: 300 * 20 }, (_, i) => (i % 300 < 20 ? 1 : 2));
    const wide = sourceOf({ width: 300, height: 20, channels: 1, data });
    const large = sourceOf({ width: 2400, height: 160, channels: 3, data: new Float32Array(2400 * 160 * 3) });
    const document = bound(wide, large, classesOf(stepOf('counting')), known);
    const result = await wholeResult(evaluatorOf({ filterById }), document);
    // Five tiles, of which the first has both labels.
    expect(apply).toHaveBeenCalledTimes(2);
    expect([result.data[100], result.data[2300]]).toEqual([1, 2]);
  });

  it('are picked and not averaged in smaller views', async () => {
    const document = bound(target, guidance, classesOf(stepOf('bicubic')));
    const region = { x: 0, y: 0, width: 98, height: 71 };
    for (const evaluator of [evaluatorOf(), evaluatorOf({ cacheBytes: 1e6 })]) {
      const { raster } = await evaluator.evaluate(document, region, 2, runOf());
      expect(new Set(raster.data)).toEqual(new Set(values));
    }
    const large = sourceOf(pictureOf(1200, 900, 3));
    const pixels = sourceOf(labelPicture(1200, 900, values));
    const reduced = bound(pixels, large, classesOf(stepOf('bicubic')));
    const small = { x: 0, y: 0, width: 150, height: 113 };
    const { raster, approximate } = await evaluatorOf().evaluate(reduced, small, 3, runOf());
    expect(approximate).toBe(true);
    expect(new Set(raster.data)).toEqual(new Set(values));
  });

  it('are refused with too many labels, before anything is computed', () => {
    const many = sourceOf(pictureOf(97, 71, 1));
    expect(() => bound(many, guidance, classesOf(stepOf('bicubic')))).toThrow(
      expect.objectContaining({ code: 'classes-too-many' }),
    );
  });
});
