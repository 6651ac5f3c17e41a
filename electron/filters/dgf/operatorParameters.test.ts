import { describe, expect, it } from 'vitest';
import { completeParameters, defaultParameters } from '../../recipe/parameters';
import { cloneModel } from '../testing/clones';
import { dgfDescription } from './description';
import { defaultNotices, operatorParameters } from './operatorParameters';
import { clonedOperators } from './operators';

describe.each(clonedOperators.filter(({ trained, followed }) => trained.length + followed.length > 0))(
  'the parameters of the clone of $operator.description.id',
  ({ operator: { description }, trained, followed }) => {
    it.each([...trained, ...followed])(
      '$name is the exact filter’s, within its range',
      ({ name, min, max }) => {
        const exact = description.parameters.find((one) => one.name === name);
        const offered = operatorParameters.find(
          (one) => one.name === name && one.usedWhen?.[0]?.values.includes(description.id),
        );
        expect(offered).toEqual({
          ...exact,
          min,
          max,
          usedWhen: [{ parameter: 'operator', values: [description.id] }],
        });
        expect(dgfDescription.parameters).toContainEqual(offered);
        if (exact?.kind !== 'number') throw new Error('It is no number.');
        expect(min).toBeGreaterThanOrEqual(exact.min);
        expect(max).toBeLessThanOrEqual(exact.max);
        expect(exact.default).toBeGreaterThanOrEqual(min);
        expect(exact.default).toBeLessThanOrEqual(max);
      },
    );
  },
);

describe('a parameter that a model does not go by', () => {
  const retouch = { ...cloneModel('c', 64), operator: 'auto-retouch' };
  const chosen = completeParameters(dgfDescription, { operator: 'auto-retouch', light: 0.5, lambda: 0.05 });

  it('is told where it is not at its default, if it is of the model’s operator', () => {
    expect(defaultNotices(retouch, chosen)).toEqual([
      'This model knows “Light” at 1 alone: 0.5 makes no difference.',
    ]);
    expect(defaultNotices({ ...retouch, side: null, variant: 'can' }, chosen)).toHaveLength(1);
    expect(defaultNotices(retouch, { ...chosen, light: 1 })).toEqual([]);
  });

  it('is not one that the model’s draft is made with', () => {
    expect(defaultNotices({ ...retouch, draft: 256 }, chosen)).toEqual([]);
  });

  it('is one that drafts of another operator are made with', () => {
    const smoothing = { ...cloneModel('c', 64), draft: 256 };
    expect(defaultNotices(smoothing, chosen)).toEqual([
      'This model knows “Flattening” at 0.02 alone: 0.05 makes no difference.',
    ]);
  });
});

it('a step that was saved without them has the operator’s defaults', () => {
  for (const { operator, followed } of clonedOperators) {
    const completed = completeParameters(dgfDescription, { operator: operator.description.id, lambda: 0.05 });
    const usual = defaultParameters(operator.description);
    for (const { name } of followed) expect(completed[name]).toBe(usual[name]);
  }
});
