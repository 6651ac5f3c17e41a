import type { FilterDescription } from '../../../contract/filters';
import { filters } from '../../../filters/list';

export const choiceOf = (name: string, ...values: string[]) => ({
  kind: 'choice' as const,
  name,
  title: name,
  summary: name,
  options: values.map((value) => ({ value, title: value, summary: value })),
  default: values[0]!,
});

/** What the clone of one operator can be told. */
export const strength = {
  kind: 'number' as const,
  name: 'lambda',
  title: 'Strength',
  summary: 'How much.',
  unit: '',
  min: 0.005,
  max: 0.08,
  step: 0.001,
  default: 0.02,
  integer: false,
  scale: 'log' as const,
  usedWhen: [{ parameter: 'operator', values: ['l0-smoothing'] }],
};

/** A clone of two operators, as such a filter declares itself. */
export const clone: FilterDescription = {
  ...filters[0]!.description,
  id: 'dgf',
  guidance: 'unused',
  parameters: [
    choiceOf('operator', 'l0-smoothing', 'multi-scale-detail'),
    choiceOf('variant', 'c', 'cb', 'b', 's', 'can'),
    { ...choiceOf('side', '64', '128', '256'), usedWhen: [{ parameter: 'variant', values: ['c'] }] },
    strength,
  ],
};

/** All filters, with that clone in the place of the installed one. */
export const descriptions: readonly FilterDescription[] = [
  ...filters.map(({ description }) => description).filter(({ id }) => id !== clone.id),
  clone,
];
