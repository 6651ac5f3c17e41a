import type { FilterDescription, ParameterValues } from '../contract/filters';
import { findFilter } from '../recipe/validate';

/** What every table shows, whatever else is asked for. */
export const baselines = ['bicubic', 'guided-filter', 'joint-bilateral'] as const;

/** A row of a table: a filter, and what it is told beyond what the protocol tells it. */
export interface Contender {
  readonly id: string;
  readonly filter: FilterDescription;
  readonly parameters: ParameterValues;
}

/** Rows that are a filter with a setting of its own. */
const variants: readonly { id: string; filter: string; parameters: ParameterValues }[] = [
  { id: 'dagf-auto', filter: 'dagf', parameters: { noise: 'auto' } },
  { id: 'dagf-wide', filter: 'dagf', parameters: { quality: 'wide' } },
  { id: 'dagf-ensemble', filter: 'dagf', parameters: { quality: 'ensemble' } },
  { id: 'dagf-fast', filter: 'dagf', parameters: { quality: 'fast' } },
  { id: 'dagf-half', filter: 'dagf', parameters: { quality: 'I_1' } },
  { id: 'dagf-quarter', filter: 'dagf', parameters: { quality: 'I_0' } },
];

/** What protocols say of DAGF's variants. */
export const dagfVariants =
  'dagf-auto estimates the noise itself; dagf-wide takes the wide networks, and where there is none the same as dagf; dagf-ensemble, shown where it is asked for, is the mean of what these make of all eight orientations.';

/** Rows that are the same filter as the one of this name, and no rivals of it. */
export const variantsOf = (filter: string): string[] =>
  variants.filter((variant) => variant.filter === filter).map(({ id }) => id);

/**
 * The baselines, then the rows asked for by name, or those of `usual` that can be made with these filters.
 * @throws SidelightError filter-unknown for a name that is no filter and no variant of one
 */
export function chooseContenders(
  filters: readonly FilterDescription[],
  usual: readonly string[],
  wanted: readonly string[] | null,
): Contender[] {
  const ids = new Set([...baselines, ...(wanted ?? usual.filter((id) => isOffered(filters, id)))]);
  return [...ids].map((id) => contender(filters, id));
}

function contender(filters: readonly FilterDescription[], id: string): Contender {
  const variant = isOffered(filters, id) ? variants.find((one) => one.id === id) : undefined;
  return { id, filter: findFilter(filters, variant?.filter ?? id), parameters: variant?.parameters ?? {} };
}

function isOffered(filters: readonly FilterDescription[], id: string): boolean {
  const variant = variants.find((one) => one.id === id);
  const filter = filters.find((one) => one.id === (variant?.filter ?? id));
  return (
    !!filter &&
    Object.entries(variant?.parameters ?? {}).every(([name, value]) => declares(filter, name, value))
  );
}

/** Whether a filter has a choice of this name with this value among its options. */
export function declares(filter: FilterDescription, name: string, value: unknown): boolean {
  const parameter = filter.parameters.find((one) => one.name === name);
  return parameter?.kind === 'choice' && parameter.options.some((option) => option.value === value);
}
