import { expect, it } from 'vitest';
import type { ParameterDescription } from '../contract/filters';
import { scaledLengths } from './scaledLengths';

const number = (name: string, unit: string, integer = false): ParameterDescription => ({
  kind: 'number',
  name,
  title: name,
  summary: '',
  unit,
  min: 0.001,
  max: 8,
  step: 1,
  default: 1,
  integer,
  scale: 'linear',
});
const parameters = [
  number('radius', 'px', true),
  number('sigma', 'px'),
  number('flatness', '/px'),
  number('gamma', ''),
];

it.each([
  ['shorter', 0.25, { radius: 1, sigma: 0.5, flatness: 0.04, gamma: 2.2 }],
  ['as they are', 1, { radius: 3, sigma: 2, flatness: 0.01, gamma: 2.2 }],
  ['longer, within their range', 10, { radius: 8, sigma: 8, flatness: 0.001, gamma: 2.2 }],
])('makes lengths in pixels %s, what is meant for a pixel the other way round', (_, factor, expected) => {
  const values = { radius: 3, sigma: 2, flatness: 0.01, gamma: 2.2, look: 'px' };
  expect(scaledLengths({ parameters }, values, factor)).toEqual({ ...expected, look: 'px' });
});
