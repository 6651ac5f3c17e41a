import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '../contract/filters';
import { completeParameters } from '../recipe/parameters';
import { dagf } from './dagf';
import { chooseModel, leastFactor, leastFactorOf } from './dagfModel';
import type { DagfModel } from './networkModel';

/** @param id such as `8 bicubic`, `fast-8 bicubic` or `8 noisy by 8 low-noise` */
const model = (named: string): DagfModel => {
  const [id, denoisedBy] = named.split(' by ') as [string, string?];
  const variant = (['fast', 'wide'] as const).find((one) => id.startsWith(`${one}-`)) ?? 'standard';
  const [factors, degradation] = id.replace(/^(fast|wide)-/, '').split(' ') as [string, string];
  const outputs = [
    { id: 'I_0', scale: 0.25, reach: 3 },
    { id: 'I_1', scale: 0.5, reach: 3 },
    { id: 'I_2', scale: 1, reach: 3 },
  ];
  return {
    network: 'dagf',
    id,
    title: `DAGF ${id}`,
    factors: factors.split('/').map(Number),
    degradation,
    denoisedBy,
    seesNoisy: false,
    guidanceDetail: 1,
    variant,
    channels: 32,
    sizeMultiple: 8,
    // A fast network has one level less: its last output is of full size all the same.
    outputs: variant === 'fast' ? [outputs[1]!, { id: 'I_1b', scale: 1, reach: 3 }] : outputs,
  };
};

const sizes = [4, 8, 16];
const all = [
  ...['bicubic', 'nearest', 'noisy'].flatMap((kind) =>
    sizes.flatMap((size) => [`${size} ${kind}`, `fast-${size} ${kind}`]),
  ),
  '1 noise',
  'fast-1 noise',
  '1 texture',
  'wide-8 bicubic',
  'wide-4 nearest',
];

const parameters = (values: ParameterValues) => completeParameters(dagf.description, values);
const context = (factor: number, noise: number, ids: readonly string[] = all) => ({
  factor: { x: factor, y: factor },
  noise,
  models: () => ids.map(model),
});

/** Clean and noisy at every factor here. */
const clean = 0.003;
const noisy = 0.03;

describe('the weights that DAGF takes', () => {
  it.each<[string, number, number, ParameterValues, string, string]>([
    ['a clean target', 8, clean, {}, '8 bicubic', 'I_2'],
    ['one that looks noisy', 8, noisy, {}, '8 noisy', 'I_2'],
    ['one that only looks noisy', 8, noisy, { noise: 'none' }, '8 bicubic', 'I_2'],
    ['one whose noise is not seen', 4, clean, { noise: 'noisy' }, '4 noisy', 'I_2'],
    [
      'picked pixels, for which there are no noisy weights',
      16,
      noisy,
      { degradation: 'nearest' },
      '16 nearest',
      'I_2',
    ],
    ['a factor in between', 6, noisy, {}, '8 noisy', 'I_2'],
    ['a coarser output', 8, clean, { quality: 'I_0' }, '8 bicubic', 'I_0'],
    ['a fast one', 8, clean, { quality: 'fast' }, 'fast-8 bicubic', 'I_1b'],
    ['a fast one for noise', 16, noisy, { quality: 'fast' }, 'fast-16 noisy', 'I_1b'],
    ['a wide one', 8, clean, { quality: 'wide' }, 'wide-8 bicubic', 'I_2'],
    ['a wide one for a factor in between', 6, clean, { quality: 'wide' }, 'wide-8 bicubic', 'I_2'],
    ['a wide one at a factor that has none', 4, clean, { quality: 'wide' }, '4 bicubic', 'I_2'],
    ['a wide one for noise, which there is not', 8, noisy, { quality: 'wide' }, '8 noisy', 'I_2'],
    [
      'a wide one for the mean of all orientations',
      8,
      clean,
      { quality: 'ensemble' },
      'wide-8 bicubic',
      'I_2',
    ],
    ['the same, where there is none', 4, noisy, { quality: 'ensemble' }, '4 noisy', 'I_2'],
    ['a target on the grid of the guidance', 1, clean, {}, '1 noise', 'I_2'],
    ['the same, however clean it is said to be', 1, noisy, { noise: 'none' }, '1 noise', 'I_2'],
    ['almost on that grid', 0.99 * leastFactor, clean, {}, '1 noise', 'I_2'],
    ['no longer on that grid', 1.01 * leastFactor, clean, {}, '4 bicubic', 'I_2'],
    ['a fast one on that grid', 1, clean, { quality: 'fast' }, 'fast-1 noise', 'I_1b'],
    ['texture', 1, noisy, { degradation: 'texture' }, '1 texture', 'I_2'],
    [
      'texture, fast, which there is not',
      1,
      noisy,
      { degradation: 'texture', quality: 'fast' },
      '1 texture',
      'I_0',
    ],
  ])('for %s', (_, factor, noise, values, id, output) => {
    const chosen = chooseModel(parameters(values), context(factor, noise));
    expect([chosen.model.id, chosen.output.id]).toEqual([id, output]);
    expect(chosen.model.factors).toContain(chosen.factor);
  });

  it.each<[string, string[], number, ParameterValues, string]>([
    ['noisy ones at another factor', ['4 bicubic', '8 bicubic', '8 noisy'], 4, {}, '4 bicubic'],
    ['noisy ones that are nearer', ['4 bicubic', '8 noisy'], 8, {}, '8 noisy'],
    ['blind ones where there are no others', ['8 bicubic', '4/8/16 blind'], 16, {}, '4/8/16 blind'],
    ['specialised ones before blind ones', ['8 noisy', '4/8/16 blind'], 8, {}, '8 noisy'],
    ['enlarging ones where there are none to denoise with', ['4 bicubic', '1 texture'], 1, {}, '4 bicubic'],
    ['the largest, where none is large enough', ['4 bicubic', '8 bicubic', '1 noise'], 30, {}, '8 bicubic'],
    ['no fast one that was not asked for', ['8 bicubic', 'fast-4 bicubic'], 4, {}, '8 bicubic'],
  ])('are, of what there is, %s', (_, ids, factor, values, id) => {
    expect(chooseModel(parameters(values), context(factor, noisy, ids)).model.id).toBe(id);
  });

  it.each([4, 8, 16])('are for noise from an estimate of 0.6 %% of the range on (×%d)', (factor) => {
    const taken = (noise: number) => chooseModel(parameters({}), context(factor, noise)).model.id;
    expect([0.0058, 0.0062].map(taken)).toEqual([`${factor} bicubic`, `${factor} noisy`]);
  });

  it('know the least factor of their kind', () => {
    expect(leastFactorOf(parameters({}), context(8, clean))).toBe(4);
    expect(leastFactorOf(parameters({}), context(8, noisy, ['8 noisy', '16 noisy', '4 bicubic']))).toBe(8);
    expect(leastFactorOf(parameters({}), context(1, clean))).toBe(1);
    expect(leastFactorOf(parameters({}), context(8, clean, ['4/8/16 blind']))).toBe(4);
    // Where there is no wide one for it, another is taken.
    expect(leastFactorOf(parameters({ quality: 'wide' }), context(8, clean))).toBe(4);
  });

  it('are named when they are missing, with what there is', () => {
    const missing = (values: ParameterValues, ids: readonly string[]) => () =>
      chooseModel(parameters(values), context(1, clean, ids));
    expect(missing({ degradation: 'texture' }, ['8 bicubic', '8 nearest'])).toThrow(
      expect.objectContaining({
        code: 'model-missing',
        message: expect.stringContaining('texture'),
        remedy: expect.stringMatching(/bicubic or nearest .*“DAGF 8 bicubic”/),
      }),
    );
    expect(missing({}, [])).toThrow(expect.objectContaining({ code: 'model-missing' }));
    expect(missing({}, ['1 texture'])).toThrow(expect.objectContaining({ code: 'model-missing' }));
  });
});

describe('weights for targets that others clean first', () => {
  const served = sizes.map((size) => `${size} noisy by ${size} low-noise`);
  const fast = sizes.map((size) => `fast-${size} noisy`);
  const ids = [...served, ...fast, ...sizes.map((size) => `${size} low-noise`), '8 bicubic', '1 noise'];
  const chosen = (factor: number, noise: number, values: ParameterValues = {}, of: readonly string[] = ids) =>
    chooseModel(parameters(values), context(factor, noise, of));

  it.each<[string, number, number, ParameterValues, string | null, string | null]>([
    ['a noisy target', 8, noisy, {}, '8 noisy', '8 low-noise'],
    ['a factor in between', 6, noisy, {}, '8 noisy', '8 low-noise'],
    ['a coarser output', 16, noisy, { quality: 'I_0' }, '16 noisy', '16 low-noise'],
    ['a fast one', 8, noisy, { quality: 'fast' }, 'fast-8 noisy', null],
    ['a clean target', 8, clean, {}, '8 bicubic', null],
    ['one on the grid of the guidance', 1, noisy, { noise: 'noisy' }, '1 noise', null],
  ])('name the ones that clean, at their best: %s', (_, factor, noise, values, id, denoiser) => {
    const found = chosen(factor, noise, values);
    expect([found.model.id, found.denoiser?.model.id ?? null]).toEqual([id, denoiser]);
    expect(found.denoiser?.output.id ?? 'I_2').toBe('I_2');
  });

  it('clean nothing on the guidance’s grid, where the target is no smaller', () => {
    expect(
      chosen(1, noisy, { noise: 'noisy' }, ['4 noisy by 4 low-noise', '4 low-noise']).denoiser,
    ).toBeNull();
  });

  it('are never taken by themselves, nor offered', () => {
    expect(() => chosen(4, noisy, {}, ['4 low-noise', '4 nearest'])).toThrow(
      expect.objectContaining({ code: 'model-missing', remedy: expect.not.stringContaining('low-noise') }),
    );
  });

  it('are of no use without the ones that clean', () => {
    const without = () => chosen(4, noisy, {}, ['4 noisy by 4 low-noise', '8 low-noise']);
    expect(without).toThrow(
      expect.objectContaining({ code: 'model-missing', message: expect.stringContaining('“4 low-noise”') }),
    );
  });

  it('say so, where they are taken', () => {
    const said = (factor: number, values: ParameterValues) =>
      dagf.notices!(parameters(values), context(factor, noisy, ids)).slice(1);
    expect(said(8, {})).toEqual(['The noise is removed on the target’s own grid before it is enlarged.']);
    expect(said(8, { quality: 'fast' })).toEqual([]);
    expect(said(1, {})).toEqual([]);
  });
});

describe('what DAGF says about its weights', () => {
  const said = (factor: number, noise: number, values: ParameterValues = {}, ids?: readonly string[]) =>
    dagf.notices!(parameters(values), context(factor, noise, ids));

  it('is one sentence, with the noise where that decided', () => {
    expect(said(8, clean)).toEqual(['DAGF uses its model “DAGF 8 bicubic”.']);
    expect(said(1, noisy)).toEqual(['DAGF uses its model “DAGF 1 noise”.']);
    expect(said(4, 0.031)).toEqual([
      'DAGF uses its model “DAGF 4 noisy”: the noise of the target is about 3.1 % of its range.',
    ]);
    expect(said(4, noisy, { noise: 'noisy' })).toEqual(['DAGF uses its model “DAGF 4 noisy”.']);
  });

  it('is more where the weights are not quite the right ones', () => {
    expect(said(8, clean, { quality: 'fast' }, ['8 bicubic'])[1]).toContain('no fast model');
    expect(said(16, clean, { quality: 'wide' })[1]).toContain('no wide model');
    expect(said(8, clean, { quality: 'wide' })).toEqual(['DAGF uses its model “DAGF wide-8 bicubic”.']);
    expect(said(16, clean, { quality: 'ensemble' })[1]).toContain(
      'no wide model for this target: the usual one',
    );
    expect(said(8, clean, { quality: 'ensemble' })).toHaveLength(1);
    expect(said(8, clean, { noise: 'noisy' }, ['8 bicubic'])[1]).toContain('no weights for noisy targets');
    expect(said(8, 0.05, {}, ['8 bicubic'])[1]).toContain('about 5.0 % of its range');
    expect(said(8, 0.05, { noise: 'none' })[1]).toContain('may sharpen the noise');
    expect(said(4, clean, { degradation: 'texture' })[1]).toContain('as large as the guidance');
  });
});
