import type { FilterDescription, ParameterValues } from '../../contract/filters';
import { defaultParameters } from '../../recipe/parameters';
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

/** Short side of what the network sees, in pixels. */
export const networkSides = [64, 128, 256] as const;
/** What the paper uses everywhere but in its study of it. */
const usualSide = 64;

/** Rows that are no clone. */
export const exactRow = 'exact';
export const inputRow = 'input';
/** The filter that clones. */
const cloneId = 'dgf';

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
  const sides = choice.sides.filter((side) => isOffered(filter, side));
  return choice.variants
    .filter((variant) => declares(filter, 'variant', variant))
    .flatMap((variant): Contender[] =>
      variant === 'can'
        ? [{ id: rowName(variant), filter, parameters: { variant } }]
        : sides.map((side) => ({
            id: rowName(variant, side),
            filter,
            parameters: { variant, side: String(side) },
          })),
    );
}

const isOffered = (filter: FilterDescription, side: number) => declares(filter, 'side', String(side));

/** Exact filters run in their own operator's cases alone; clones are told which one they imitate. Photos guide themselves. */
export function operatorSettings(
  { id, filter, parameters }: Contender,
  operator: Operator,
): RunSettings | null {
  if (id === exactRow && filter.id !== operator) return null;
  const told: ParameterValues = declares(filter, 'operator', operator) ? { operator } : {};
  if (filter.id === cloneId && !('operator' in told)) return null;
  return {
    parameters: { ...defaultParameters(filter), ...parameters, ...told },
    iterations: 1,
    guidance: 'input',
  };
}
