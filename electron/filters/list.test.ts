import { describe, expect, it } from 'vitest';
import { filterDescriptionSchema } from '../contract/filters';
import { knownRange } from '../raster/range';
import { createRaster } from '../raster/raster';
import { upsampleBicubic } from '../raster/upsample';
import { defaultParameters, parameterProblems } from '../recipe/parameters';
import { filterById, filters } from './list';

describe('the list of filters', () => {
  it('finds filters by their id, each listed once', () => {
    const ids = filters.map(({ description }) => description.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const filter of filters) expect(filterById(filter.description.id)).toBe(filter);
  });

  it('says which filters there are when asked for another', () => {
    expect(() => filterById('bicubik')).toThrow(
      expect.objectContaining({ code: 'filter-unknown', remedy: expect.stringContaining('bicubic') }),
    );
  });

  it.each(filters.map(({ description }) => [description.id, description] as const))(
    '%s declares itself validly, with defaults that it accepts',
    (_id, description) => {
      expect(filterDescriptionSchema.parse(description)).toEqual(description);
      expect(parameterProblems(description, defaultParameters(description))).toEqual([]);
    },
  );

  it.each(filters.map(({ description }) => [description.id, description] as const))(
    '%s gives no two of its parameters the same name, and no two of its controls the same title',
    (_id, { parameters, opacityTitle = 'Opacity' }) => {
      const names = parameters.map(({ name }) => name);
      const titles = ['Iterations', opacityTitle, ...parameters.map(({ title }) => title)];
      expect(names).toEqual([...new Set(names)]);
      expect(titles).toEqual([...new Set(titles)]);
    },
  );
});

describe('bicubic', () => {
  it('is the interpolation alone, whatever the guidance', async () => {
    const raster = createRaster({
      width: 4,
      height: 3,
      channels: 1,
      data: Float32Array.from({ length: 12 }, (_, i) => i * i),
    });
    const target = {
      raster,
      offset: { x: 0, y: 0 },
      factor: { x: 3, y: 3 },
      whole: raster,
      valueRange: knownRange(raster)!,
      noise: 0,
    };
    const region = { x: 2, y: 1, width: 7, height: 8 };
    const networks = { models: () => [], run: () => Promise.reject(new Error('Bicubic runs no network.')) };
    const runtime = { networks, signal: new AbortController().signal };
    const nothing = { guidance: null, overview: null, overviewTexture: null, prepared: null };
    const input = { ...nothing, region, target, whole: { width: 12, height: 9 } };
    const result = await filterById('bicubic').apply(input, {}, runtime);
    expect(result).toEqual(upsampleBicubic(target, region));
  });
});
