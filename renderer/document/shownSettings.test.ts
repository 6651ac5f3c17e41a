import { expect, it } from 'vitest';
import type { ParameterDescription, ParameterValues } from '../../electron/contract/filters';
import { shownSettings } from './shownSettings';
import { describedFilter } from './testing/describedFilter';

const choice = (
  name: string,
  values: readonly string[],
): Extract<ParameterDescription, { kind: 'choice' }> => ({
  kind: 'choice',
  name,
  title: name,
  summary: '',
  options: values.map((value) => ({ value, title: value, summary: '' })),
  default: values[0]!,
});

const operator = choice('operator', ['smoothing', 'detail', 'haze']);
const [small, medium, fine] = choice('side', ['64', '128', '256']).options;
const side: ParameterDescription = {
  ...choice('side', ['64', '128', '256']),
  options: [
    small!,
    { ...medium!, usedWhen: [{ parameter: 'operator', values: ['smoothing', 'detail'] }] },
    { ...fine!, usedWhen: [{ parameter: 'operator', values: ['smoothing'] }] },
  ],
};
const filter = describedFilter({ id: 'clone', guidance: 'unused', parameters: [operator, side] });

const shown = (parameters: ParameterValues) =>
  shownSettings({ parameters }, filter).map(({ parameter, value }) => ({
    name: parameter.name,
    value,
    options: parameter.kind === 'choice' ? parameter.options.map((option) => option.value) : [],
  }));

it('a choice shows what is used in the place of an option that is not offered any more', () => {
  expect(shown({ operator: 'smoothing', side: '256' })[1]).toEqual({
    name: 'side',
    value: '256',
    options: ['64', '128', '256'],
  });
  expect(shown({ operator: 'detail', side: '256' })[1]).toEqual({
    name: 'side',
    value: '128',
    options: ['64', '128'],
  });
});

it('a choice with one option left is not shown', () => {
  expect(shown({ operator: 'haze', side: '256' }).map(({ name }) => name)).toEqual(['operator']);
});
