import { describe, expect, it, vi } from 'vitest';
import type { Filter } from '../../filters/filter';
import { createRaster, type Raster } from '../../raster/raster';
import { reducedByMeans } from '../../raster/reduceArea';
import { TextureReduction } from '../../raster/reduceTexture';
import { upsampleBicubic } from '../../raster/upsample';
import { bound, evaluatorOf, filterOf, runOf, wholeResult, withFilters } from '../testing/evaluators';
import { pictureOf, processingOf, sourceOf, stepOf } from '../testing/sources';
import { Meter } from './meter';

const seen: Raster[] = [];
const reads = filterOf('reads-overview', {
  tileNeeds: () => ({ reach: 0, multiple: 1, bytesPerPixel: 8, overview: { shortSide: 5 } }),
  apply: async ({ target, region, overview }) => {
    if (!overview) throw new Error('It asked for an overview.');
    seen.push(overview);
    const enlarged = upsampleBicubic(target, region);
    const mean = overview.data.reduce((sum, value) => sum + value, 0) / overview.data.length;
    return createRaster({ ...enlarged, data: enlarged.data.map((value) => value - mean) });
  },
});
const textures: (Raster | null)[] = [];
const readsTexture = (id: string, texture: boolean) =>
  filterOf(id, {
    tileNeeds: () => ({ reach: 0, multiple: 1, bytesPerPixel: 8, overview: { shortSide: 5, texture } }),
    apply: async ({ target, region, overview, overviewTexture }) => {
      seen.push(overview!);
      textures.push(overviewTexture);
      return upsampleBicubic(target, region);
    },
  });
const addsOne = (apply = vi.fn<Filter['apply']>()) => {
  apply.mockImplementation(async ({ target, region }) => {
    const enlarged = upsampleBicubic(target, region);
    return createRaster({ ...enlarged, data: enlarged.data.map((value) => value + 1) });
  });
  return { filter: filterOf('adds-one', { apply }), apply };
};

const meanOf = ({ data }: Raster) => data.reduce((sum, value) => sum + value, 0) / data.length;

describe('a filter that asks for an overview', () => {
  const target = sourceOf(pictureOf(150, 100, 1));

  it('sees all of what comes in, in small, the same one in every tile', async () => {
    const { known, filterById } = withFilters(reads);
    const document = bound(target, null, processingOf(stepOf('reads-overview')), known);
    seen.length = 0;
    const result = await wholeResult(evaluatorOf({ filterById, tileBytes: 1 }), document);
    expect(seen.length).toBeGreaterThan(1);
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toMatchObject({ width: 8, height: 5, channels: 1, unknown: null });
    expect(meanOf(seen[0]!)).toBeCloseTo(meanOf(target.raster), 3);
    expect(meanOf(result)).toBeCloseTo(0, 2);
  });

  it('sees the texture inside its pixels where it asks for it, the same one in every tile', async () => {
    const [plain, textured] = [readsTexture('plain', false), readsTexture('textured', true)];
    const { known, filterById } = withFilters(plain, textured);
    const evaluator = evaluatorOf({ filterById, tileBytes: 1 });
    const readBy = async (id: string) => {
      seen.length = 0;
      textures.length = 0;
      await wholeResult(evaluator, bound(target, null, processingOf(stepOf(id)), known));
      return { overviews: new Set(seen), textures: new Set(textures) };
    };
    const without = await readBy('plain');
    expect(without.textures).toEqual(new Set([null]));
    const found = await readBy('textured');
    expect(found.overviews).toEqual(without.overviews);
    expect([...found.overviews][0]).toBe([...without.overviews][0]);
    const [texture, ...others] = found.textures;
    expect(others).toEqual([]);
    const reduction = new TextureReduction(target.raster, { width: 8, height: 5 }, 1);
    reduction.add(target.raster);
    expect(texture?.data).toEqual(reduction.finish(target.raster).data);
  });

  it('sees a picture that is read in several strips, also one that another step has made', async () => {
    const tall = sourceOf(pictureOf(6, 1100, 1));
    const { known, filterById } = withFilters(reads, addsOne().filter);
    const seenBy = async (...steps: Parameters<typeof processingOf>) => {
      await wholeResult(evaluatorOf({ filterById }), bound(tall, null, processingOf(...steps), known));
      return seen.at(-1)!;
    };
    const size = { width: 5, height: 917 };
    expect((await seenBy(stepOf('reads-overview'))).data).toEqual(reducedByMeans(tall.raster, size).data);
    const added = createRaster({ ...tall.raster, data: tall.raster.data.map((value) => value + 1) });
    const after = await seenBy(stepOf('adds-one'), stepOf('reads-overview', { id: 'b' }));
    expect(after.data).toEqual(reducedByMeans(added, size).data);
  });

  it('in a preview on pictures reduced below it sees the picture itself in small, as the export does', async () => {
    const plain = readsTexture('plain', false);
    const slow = { ...plain, description: { ...plain.description, secondsPerMegapixel: 1e6 } };
    const { known, filterById } = withFilters(slow);
    const evaluator = evaluatorOf({ filterById });
    const document = bound(target, null, processingOf(stepOf('plain')), known);
    await evaluator.evaluate(document, { x: 0, y: 0, width: 4, height: 3 }, 5, runOf());
    const preview = seen.at(-1);
    expect(preview).toMatchObject({ width: 8, height: 5 });
    await wholeResult(evaluator, document);
    expect(seen.at(-1)).toBe(preview);
  });

  it('in a preview on reduced pictures sees the texture of the picture itself, as the export does', async () => {
    const { filter } = addsOne();
    const asked = readsTexture('textured', true);
    // Too slow to be computed whole for a preview.
    const textured = { ...asked, description: { ...asked.description, secondsPerMegapixel: 1e6 } };
    const { known, filterById } = withFilters(textured, filter);
    const evaluator = evaluatorOf({ filterById });
    const region = { x: 0, y: 0, width: 20, height: 20 };
    const first = bound(target, null, processingOf(stepOf('textured')), known);
    const { approximate } = await evaluator.evaluate(first, region, 2, runOf());
    const preview = textures.at(-1);
    await wholeResult(evaluator, first);
    expect([approximate, textures.at(-1)]).toEqual([true, preview]);

    const steps = processingOf(stepOf('adds-one'), stepOf('textured', { id: 'b' }));
    await evaluator.evaluate(bound(target, null, steps, known), region, 2, runOf());
    // The step before is not computed at full size for it.
    expect(meanOf(textures.at(-1)!)).not.toBeCloseTo(meanOf(preview!), 1);
  });

  it('after another step sees what that step makes, which is computed once', async () => {
    const { filter, apply } = addsOne();
    const { known, filterById } = withFilters(reads, filter);
    const steps = processingOf(stepOf('adds-one'), stepOf('reads-overview', { id: 'b' }));
    const document = bound(target, null, steps, known);
    const evaluator = evaluatorOf({ filterById, tileBytes: 1 });
    const region = { x: 0, y: 0, width: 4, height: 4 };
    const run = { ...runOf(), meter: new Meter(() => undefined) };
    await evaluator.evaluate(document, region, 0, run);
    // All tiles of 64 pixels for the overview; the corner was among them.
    expect(apply).toHaveBeenCalledTimes(6);
    expect(meanOf(seen.at(-1)!)).toBeCloseTo(meanOf(target.raster) + 1, 3);
    await evaluator.evaluate(document, { ...region, x: 100, y: 60 }, 0, runOf());
    expect(apply).toHaveBeenCalledTimes(6);
  });
});
