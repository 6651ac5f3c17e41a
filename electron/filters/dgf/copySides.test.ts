import { describe, expect, it } from 'vitest';
import { reducedByMeans } from '../../raster/reduceArea';
import { cloneModel } from '../testing/clones';
import { edgedNoise } from '../testing/filterInputs';
import { copySides, reducedInTurn } from './copySides';

it('a model needs copies from the overview down to what its network sees', () => {
  const model = cloneModel('c', 64);
  expect(copySides({ ...model, draft: 256, overview: 512 })).toEqual([512, 256, 64]);
  expect(copySides({ ...model, draft: 256 })).toEqual([256, 64]);
  expect(copySides(model)).toEqual([64]);
  expect(copySides(cloneModel('can', null))).toEqual([]);
});

describe('a copy reduced in turn', () => {
  const whole = { width: 301, height: 203 };
  const copy = edgedNoise(148, 100, 3, 3);

  it('is made of means of means, in sizes that are the picture’s in small', () => {
    const [first, second] = [
      { width: 59, height: 40 },
      { width: 33, height: 22 },
    ];
    const found = reducedInTurn(copy, [40, 22], whole);
    expect(found.data).toEqual(reducedByMeans(reducedByMeans(copy, first), second).data);
    expect(found.data).not.toEqual(reducedByMeans(copy, second).data);
  });

  it('is as large where the picture is reduced for a preview, even below it', () => {
    const found = reducedInTurn(copy, [40, 22], whole);
    for (const reduced of [
      { width: 75, height: 51 },
      { width: 19, height: 13 },
    ])
      expect(reducedInTurn(copy, [40, 22], reduced)).toMatchObject({ height: found.height });
  });

  it('is nowhere enlarged, and itself where nothing is smaller', () => {
    expect(reducedInTurn(copy, [100, 100], whole)).toBe(copy);
    expect(reducedInTurn(copy, [], whole)).toBe(copy);
    expect(reducedInTurn(copy, [203], whole)).toBe(copy);
    expect(reducedInTurn(copy, [500], whole)).toBe(copy);
    // Of a picture in another size, whose rounding differs.
    const narrower = edgedNoise(147, 100, 3, 3);
    expect(reducedInTurn(narrower, [100], whole)).toBe(narrower);
    expect(reducedInTurn(edgedNoise(149, 100, 3, 3), [100], whole)).toMatchObject({
      width: 148,
      height: 100,
    });
  });
});
