import { describe, expect, it } from 'vitest';
import type { FilterDescription } from '../contract/filters';
import { filters } from '../filters/list';
import { presets } from '../filters/presets/list';
import { createRaster } from '../raster/raster';
import { parameterProblems } from '../recipe/parameters';
import { baselines, chooseContenders, declares } from './contenders';
import { families } from './families';
import { maskSettings } from './maskSettings';
import { noisySettings } from './noisySettings';
import { taskSettings } from './taskSettings';
import { cutToBlocks } from './wholeBlocks';

const descriptions = filters.map(({ description }) => description);
const ids = (usual: string[], wanted: string[] | null, offered: FilterDescription[] = descriptions) =>
  chooseContenders(offered, usual, wanted).map(({ id }) => id);

describe('the rows of a table', () => {
  it('are the baselines and the usual ones, or those asked for', () => {
    expect(ids(['dagf', 'dagf-fast'], null)).toEqual([...baselines, 'dagf', 'dagf-fast']);
    expect(ids(['dagf', 'dagf-fast'], ['dagf-half', 'bicubic'])).toEqual([...baselines, 'dagf-half']);
    expect(() => ids([], ['sharpen'])).toThrow('no filter “sharpen”');
  });

  it('leave out usual ones that no filter offers, but not those asked for', () => {
    const qualities = { ...descriptions.find(({ id }) => id === 'dagf')!, parameters: [] };
    const without = descriptions.map((filter) => (filter.id === 'dagf' ? qualities : filter));
    expect(ids(['dagf', 'dagf-fast'], null, without)).toEqual([...baselines, 'dagf']);
    expect(() => ids([], ['dagf-fast'], without)).toThrow('no filter “dagf-fast”');
  });

  it('tell a variant apart from its filter', () => {
    const [fast] = chooseContenders(descriptions, [], ['dagf-fast']).slice(-1);
    expect(fast).toMatchObject({ filter: { id: 'dagf' }, parameters: { quality: 'fast' } });
    expect(declares(fast!.filter, 'quality', 'fast')).toBe(true);
    expect(declares(fast!.filter, 'quality', 'slow')).toBe(false);
  });

  it('have the mean of all orientations only where it is asked for: it takes too long', () => {
    expect(families.filter(({ rows }) => rows.includes('dagf-ensemble'))).toEqual([]);
    const [finest] = chooseContenders(descriptions, [], ['dagf-ensemble']).slice(-1);
    expect(finest).toMatchObject({ id: 'dagf-ensemble', filter: { id: 'dagf' } });
    expect(parameterProblems(finest!.filter, finest!.parameters)).toEqual([]);
  });
});

describe('what a task runs its filters with', () => {
  const contenders = chooseContenders(descriptions, ['dagf', 'dagf-auto', 'dagf-fast'], null);

  it('is possible for every preset and every chosen setting', () => {
    for (const contender of contenders)
      for (const { id } of presets)
        for (const chosen of [maskSettings, ...Object.values(noisySettings)]) {
          const { parameters } = taskSettings(contender, id, chosen);
          expect(parameterProblems(contender.filter, parameters)).toEqual([]);
        }
  });

  it('comes from the preset, the chosen settings and the variant, in this order', () => {
    const settings = (row: string) => {
      const contender = contenders.find(({ id }) => id === row)!;
      return taskSettings(contender, 'tof', noisySettings[4]).parameters;
    };
    expect(settings('dagf')).toMatchObject({ noise: 'noisy', quality: 'I_2' });
    expect(settings('dagf-auto')).toMatchObject({ noise: 'auto' });
    expect(settings('dagf-fast')).toMatchObject({ noise: 'noisy', quality: 'fast' });
    expect(settings('guided-filter')).toMatchObject({ radius: 3, epsilon: 1e-4, subsampling: 1 });
  });
});

describe('cutToBlocks', () => {
  const plane = (width: number, height: number) =>
    createRaster({ width, height, channels: 1, data: new Float32Array(width * height) });

  it('cuts pictures of a scene to the same whole blocks', () => {
    const cut = cutToBlocks('wall', [plane(35, 18), plane(35, 18)], 8);
    expect(cut.map(({ width, height }) => [width, height])).toEqual([
      [32, 16],
      [32, 16],
    ]);
  });

  it('refuses pictures that do not belong together or are too small', () => {
    const refused = (pictures: ReturnType<typeof plane>[]) => () => cutToBlocks('wall', pictures, 16);
    expect(refused([plane(32, 32), plane(32, 31)])).toThrow('differ in size');
    expect(refused([plane(32, 15)])).toThrow('only 32 × 15 pixels');
  });
});
