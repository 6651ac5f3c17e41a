import { describe, expect, it } from 'vitest';
import { filters as filterList } from '../filters/list';
import { presets } from '../filters/presets/list';
import { defaultStep } from '../recipe/defaults';
import { chooseProcessing, suitedLengths } from './filterProcessing';
import { iterationPath, iterationsBefore } from './iterations';

const filters = filterList.map(({ description }) => description);
const choose = (id: string | undefined, wishes: Parameters<typeof chooseProcessing>[1]) =>
  chooseProcessing(id, wishes, { filters, presets });
const preset = (id: string) => presets.find((one) => one.id === id)!.processing;

describe('the processing of a command line', () => {
  it('is a filter at its defaults, or a preset as it is', () => {
    const guided = filters.find(({ id }) => id === 'guided-filter')!;
    expect(choose('guided-filter', {})).toEqual({
      fit: 'refuse',
      unknown: 'keep',
      targetValues: 'continuous',
      steps: [defaultStep(guided, 'guided-filter')],
    });
    for (const { id, processing } of presets) expect(choose(undefined, { preset: id })).toEqual(processing);
    expect(choose('dagf', { preset: 'texture' })).toEqual(preset('texture'));
  });

  it('has a preset’s lengths in proportion to the guidance, but for those that are set', () => {
    const radiusAt = (id: string, side: number, set: string[] = []) =>
      chooseProcessing(
        undefined,
        { preset: id, set },
        { filters, presets },
        { width: side / 2, height: side },
      ).steps[0]!.parameters.radius;
    expect(['refine-depth', 'refine-classes'].map((id) => radiusAt(id, 500))).toEqual([4, 4]);
    expect([400, 4000].map((side) => radiusAt('refine-saliency', side))).toEqual([8, 80]);
    expect([100, 250, 4000, 50_000].map((side) => radiusAt('refine-depth', side))).toEqual([1, 2, 32, 128]);
    expect(radiusAt('refine-depth', 4000, ['radius=5'])).toBe(5);
    const suited = presets.map(({ id }) =>
      chooseProcessing(undefined, { preset: id }, { filters, presets }, { width: 4000, height: 3000 }),
    );
    const changed = presets.filter(
      ({ processing }, index) => suitedLengths(processing, suited[index]!).length > 0,
    );
    expect(changed.map(({ id }) => id)).toEqual(['refine-depth', 'refine-saliency', 'refine-classes']);
    expect(
      suitedLengths(preset('refine-depth'), suited[presets.findIndex(({ id }) => id === 'refine-depth')]!),
    ).toEqual(['radius is 32 for a photo of this size: 4 in the preset.']);
  });

  it('has the wishes on top of the preset', () => {
    const chosen = choose(undefined, {
      preset: 'texture',
      set: ['quality=fast'],
      iterations: 2,
      unknown: 'keep',
      selfGuided: false,
      classes: true,
    });
    const [step] = preset('texture').steps;
    expect(chosen).toEqual({
      ...preset('texture'),
      unknown: 'keep',
      targetValues: 'classes',
      steps: [
        {
          ...step,
          iterations: 2,
          guidance: 'document',
          parameters: { ...step!.parameters, quality: 'fast' },
        },
      ],
    });
    expect(choose('bicubic', { selfGuided: true }).steps[0]!.guidance).toBe('input');
  });

  it.each([
    ['nothing named', undefined, {}, 'usage'],
    ['a preset there is not', undefined, { preset: 'flsh' }, 'usage'],
    ['a filter that is not the preset’s', 'bicubic', { preset: 'flash' }, 'usage'],
    ['a parameter there is not', undefined, { preset: 'flash', set: ['radius=3'] }, 'parameter-invalid'],
    ['a value there is not', undefined, { preset: 'flash', set: ['noise=loud'] }, 'parameter-invalid'],
    ['a filter there is not', 'sharpen', {}, 'filter-unknown'],
  ])('is refused with %s', (_, id, wishes, code) => {
    expect(() => choose(id, wishes)).toThrow(expect.objectContaining({ code }));
  });
});

describe('kept iterations', () => {
  it('are those before the last of the last step that is on', () => {
    const [step] = preset('texture').steps;
    const steps = [
      { ...step!, id: 'a' },
      { ...step!, id: 'b', iterations: 3 },
      { ...step!, id: 'c', enabled: false },
    ];
    expect(iterationsBefore({ ...preset('texture'), steps })).toEqual([
      { step: 'b', iteration: 1 },
      { step: 'b', iteration: 2 },
    ]);
    expect(iterationsBefore(preset('flash'))).toEqual([]);
    expect(iterationsBefore({ ...preset('flash'), steps: [] })).toEqual([]);
  });

  it('lie beside the output', () => {
    expect(iterationPath('out/clean.v2.png', 3)).toBe('out/clean.v2.iteration-3.png');
    expect(iterationPath('clean', 1)).toBe('clean.iteration-1');
  });
});
