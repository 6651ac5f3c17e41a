import { expect, it } from 'vitest';
import type { FilterDescription } from '../contract/filters';
import { secondsPerMegapixel } from './cost';

const common = { title: '', summary: '' };
const option = (value: string, times?: number) => ({ value, ...common, ...(times && { times }) });
const filter: Pick<FilterDescription, 'parameters' | 'secondsPerMegapixel'> = {
  secondsPerMegapixel: 2,
  parameters: [
    {
      ...common,
      kind: 'choice',
      name: 'quality',
      options: [option('draft', 0.25), option('full'), option('best', 5)],
      default: 'full',
    },
    { ...common, kind: 'choice', name: 'twice', options: [option('no'), option('yes', 2)], default: 'no' },
    { ...common, kind: 'boolean', name: 'other', default: true },
  ],
};

it.each([
  [{}, 2],
  [{ quality: 'full' }, 2],
  [{ quality: 'best' }, 10],
  [{ quality: 'draft', twice: 'yes' }, 1],
  [{ quality: 'none of them', other: false }, 2],
])('with %o a filter takes as many times as long as its choices say', (values, seconds) => {
  expect(secondsPerMegapixel(filter, values)).toBe(seconds);
});
