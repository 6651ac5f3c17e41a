import { describe, expect, it, vi } from 'vitest';
import type { Rect } from '../../contract/geometry';
import type { Filter } from '../../filters/filter';
import { filterById, filters } from '../../filters/list';
import { cropRaster } from '../../raster/crop';
import { createRaster } from '../../raster/raster';
import { upsampleBicubic } from '../../raster/upsample';
import { RasterStore } from '../store';
import { pictureOf, processingOf, sourceOf, stepOf } from '../testing/sources';
import { checkDocument } from './document';
import { Evaluator } from './evaluator';
import { wholeOf } from './geometry';
import type { Run } from './run';

/** Every pixel becomes the mean of all: nothing smaller than the whole picture gives the same. */
function overallMean(apply = vi.fn<Filter['apply']>()): { filter: Filter; apply: typeof apply } {
  apply.mockImplementation(async (input) => {
    const raster = upsampleBicubic(input.target, input.region);
    const mean = raster.data.reduce((sum, value) => sum + value, 0) / raster.data.length;
    return createRaster({ ...raster, data: raster.data.map((value) => 0.5 * (value + mean)) });
  });
  const filter: Filter = {
    description: {
      id: 'overall-mean',
      title: 'Overall mean',
      summary: '',
      guidance: 'unused',
      leastFactor: 1,
      parameters: [],
      paper: '',
      secondsPerMegapixel: 1,
    },
    tileNeeds: () => ({ extent: 'whole', reach: 0, multiple: 1, bytesPerPixel: 8 }),
    apply,
  };
  return { filter, apply };
}

const run: Run = {
  runtime: {
    networks: { models: () => [], run: () => Promise.reject(new Error('There are no networks here.')) },
    signal: new AbortController().signal,
  },
  device: 'cpu',
  deviceOf: () => 'cpu',
  models: [],
};

function evaluation(width: number, height: number, steps: string[], memory = {}) {
  const { filter, apply } = overallMean();
  const evaluator = new Evaluator({
    filterById: (id) => (id === filter.description.id ? filter : filterById(id)),
    models: () => [],
    store: new RasterStore(),
    tileBytes: 500_000,
    cacheBytes: 1e8,
    ...memory,
  });
  const document = checkDocument(
    {
      target: 't',
      guidance: null,
      processing: processingOf(...steps.map((id, i) => stepOf(id, { id: `${i}` }))),
    },
    { target: sourceOf(pictureOf(width, height, 1)), guidance: null },
    [...filters, filter],
  );
  const part = (region: Rect, level = 0) => evaluator.evaluate(document, region, level, run);
  return { evaluator, document, apply, part };
}

describe('a filter that needs the whole picture', () => {
  it('is applied once to all of it, whatever is looked at and whatever comes next', async () => {
    const { part, apply, evaluator, document } = evaluation(300, 200, ['overall-mean', 'bicubic']);
    const all = await part(wholeOf(document.size));
    const region = { x: 100, y: 30, width: 50, height: 70 };
    const corner = await part(region);
    expect(corner.raster.data).toEqual(cropRaster(all.raster, region).data);
    const whole = evaluator.whole(document);
    expect(whole.tiles.length).toBeGreaterThan(1);
    for (const tile of whole.tiles) await whole.compute(tile, run);
    expect(whole.finish().data).toEqual(all.raster.data);
    expect(apply).toHaveBeenCalledTimes(1);
    expect(apply.mock.calls[0]?.[0].region).toEqual({ x: 0, y: 0, width: 300, height: 200 });
  });

  it('is refused a picture that does not fit into the working memory, but not a smaller view of it', async () => {
    // 8 bytes for each of 1.2 million pixels would be 9.6 MB.
    const { part, apply } = evaluation(1200, 1000, ['overall-mean'], { tileBytes: 4e6 });
    const region = { x: 0, y: 0, width: 10, height: 10 };
    await expect(part(region)).rejects.toMatchObject({
      code: 'image-too-large',
      details: { width: 1200, height: 1000, limit: 500_000 },
    });
    expect(apply).not.toHaveBeenCalled();
    expect(await part(region, 1)).toMatchObject({ approximate: true, raster: { width: 10, height: 10 } });
    expect(apply.mock.calls[0]?.[0].region).toEqual({ x: 0, y: 0, width: 600, height: 500 });
  });

  it('is refused a picture whose result could not be kept', async () => {
    const { part } = evaluation(100, 100, ['overall-mean'], { cacheBytes: 60_000, tileBytes: 1e9 });
    await expect(part({ x: 0, y: 0, width: 10, height: 10 })).rejects.toMatchObject({
      code: 'image-too-large',
      details: { limit: 7500 },
    });
  });
});
