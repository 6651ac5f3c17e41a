import type { FilterDescription, ParameterValues } from '../../contract/filters';
import { usualSide } from '../../filters/dgf/operators';
import { defaultParameters, isUsed } from '../../recipe/parameters';
import { findFilter } from '../../recipe/validate';
import type { RunSettings } from '../comparison';
import { baselines, type Contender, declares } from '../contenders';

/** The exact filters, by their ids, that the deep guided filter imitates. */
export const operators = [
  'l0-smoothing',
  'multi-scale-detail',
  'style-transfer',
  'haze-removal',
  'auto-retouch',
] as const;
export type Operator = (typeof operators)[number];

/** From the guided filter after the network, to all of it learned; last the network at full resolution. */
export const variants = ['s', 'b', 'cb', 'c', 'can'] as const;
export type Variant = (typeof variants)[number];

/** Rows that are no clone. */
export const exactRow = 'exact';
export const inputRow = 'input';
/** The filter that clones. */
export const cloneId = 'dgf';

/** `dgf-c`; with another side than the usual one `dgf-c-128`. The network at full resolution has no side. */
export const rowName = (variant: Variant, side: number = usualSide): string =>
  variant === 'can' ? variant : [cloneId, variant, ...(side === usualSide ? [] : [side])].join('-');

/** What may be measured of the clone. */
export interface CloneChoice {
  readonly variants: readonly Variant[];
  readonly sides: readonly number[];
}

/**
 * The exact filters (one row, each in its own operator's cases), the input as it is, and the clones; or of the clones, and
 * of other filters at their defaults, those asked for by name.
 * @throws SidelightError filter-unknown
 */
export function operatorContenders(
  filters: readonly FilterDescription[],
  cases: readonly Operator[],
  choice: CloneChoice,
  wanted: readonly string[] | null,
): Contender[] {
  const exact = cases.map((id) => ({ id: exactRow, filter: findFilter(filters, id), parameters: {} }));
  const input = { id: inputRow, filter: findFilter(filters, baselines[0]), parameters: {} };
  const clones = clonesOf(filters, choice);
  const others = wanted
    ?.filter((id) => id !== exactRow && id !== inputRow)
    .map(
      (id) =>
        clones.find((clone) => clone.id === id) ?? { id, filter: findFilter(filters, id), parameters: {} },
    );
  return [...exact, input, ...(others ?? clones)];
}

function clonesOf(filters: readonly FilterDescription[], choice: CloneChoice): Contender[] {
  const filter = filters.find(({ id }) => id === cloneId);
  if (!filter) return [];
  return choice.variants
    .filter((variant) => declares(filter, 'variant', variant))
    .flatMap((variant): Contender[] =>
      hasSides(filter, variant)
        ? choice.sides.map((side) => ({
            id: rowName(variant, side),
            filter,
            parameters: { variant, side: String(side) },
          }))
        : [{ id: rowName(variant), filter, parameters: { variant } }],
    );
}

/** Whether the side of what the network sees can be chosen. */
const hasSides = (filter: FilterDescription, variant: Variant) =>
  filter.parameters.some((one) => one.name === 'side' && isUsed(one, filter, { variant }));

/** What was asked for and cannot be had, in sentences: exact filters, clones of them and variants. */
export function notOffered(
  filters: readonly FilterDescription[],
  asked: readonly Operator[],
  choice: CloneChoice,
): string[] {
  const clone = filters.find(({ id }) => id === cloneId);
  if (!clone) return ['There is no filter that imitates others.'];
  const missing = [
    ...asked.filter((id) => !filters.some((filter) => filter.id === id)).map((id) => `exact filter ${id}`),
    ...asked.filter((id) => !declares(clone, 'operator', id)).map((id) => `clone of ${id}`),
    ...choice.variants.filter((id) => !declares(clone, 'variant', id)).map((id) => `variant ${id}`),
  ];
  return missing.length === 0 ? [] : [`Not there: ${missing.join(', ')}.`];
}

/**
 * Exact filters run in their own operator's cases alone; clones are told which one they imitate. Photos guide themselves.
 * @param told what the operator, exact and cloned, is told beside its defaults
 */
export function operatorSettings(
  { id, filter, parameters }: Contender,
  operator: Operator,
  told: ParameterValues = {},
): RunSettings | null {
  if (id === exactRow && filter.id !== operator) return null;
  if (filter.id === cloneId && !declares(filter, 'operator', operator)) return null;
  const values: ParameterValues = {
    ...defaultParameters(filter),
    ...parameters,
    ...(filter.id === cloneId && { operator }),
    ...((filter.id === cloneId || id === exactRow) && told),
  };
  const used = filter.parameters.filter((parameter) => isUsed(parameter, filter, values));
  return {
    parameters: Object.fromEntries(used.map(({ name }) => [name, values[name]!])),
    iterations: 1,
    guidance: 'input',
  };
}
