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

/** A clone of two operators, as such a filter declares itself. */
export const clone: FilterDescription = {
  ...filters[0]!.description,
  id: 'dgf',
  guidance: 'unused',
  parameters: [
    choiceOf('operator', 'l0-smoothing', 'multi-scale-detail'),
    choiceOf('variant', 'c', 'cb', 'b', 's', 'can'),
    choiceOf('side', '64', '128', '256'),
  ],
};

/** All filters, with that clone in the place of the installed one. */
export const descriptions: readonly FilterDescription[] = [
  ...filters.map(({ description }) => description).filter(({ id }) => id !== clone.id),
  clone,
];
