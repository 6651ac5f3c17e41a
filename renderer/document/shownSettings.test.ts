import { expect, it } from 'vitest';
import type { ParameterDescription, ParameterValues } from '../../electron/contract/filters';
import { shownSettings } from './shownSettings';
import { describedFilter } from './testing/describedFilter';

const about = { title: '', summary: '' };
const look: ParameterDescription = {
  ...about,
  kind: 'choice',
  name: 'look',
  options: ['plain', 'own'].map((value) => ({ ...about, value })),
  default: 'plain',
};
const withOwnLook = [{ parameter: 'look', values: ['own'] }];
const filter = describedFilter({
  parameters: [
    look,
    { ...about, kind: 'file', name: 'photo', content: 'photograph', default: '', usedWhen: withOwnLook },
    { ...about, kind: 'fingerprint', name: 'print', of: 'photo', default: '', usedWhen: withOwnLook },
  ],
});

const shown = (parameters: ParameterValues) =>
  shownSettings({ parameters }, filter).map(({ parameter, value }) => [parameter.name, value]);

it('what makes no difference is not shown, and what the recipe leaves out is at its default', () => {
  expect(shown({})).toEqual([['look', 'plain']]);
  expect(shown({ photo: 'sea.jpg' })).toEqual([['look', 'plain']]);
});

it('what is filled in without being asked for is not shown', () => {
  expect(shown({ look: 'own', photo: 'sea.jpg', print: 'ab' })).toEqual([
    ['look', 'own'],
    ['photo', 'sea.jpg'],
  ]);
});
