import type { FilterDescription, ParameterDescription, ParameterValues } from '../../contract/filters';
import { operatorOf } from '../../filters/dgf/operators';
import { fromPosition } from '../../recipe/scale';
import { cloneId, type Operator } from './operatorRows';

/** Places between the ends of a range, from the least to the most. */
const places = [0, 0.25, 0.5, 0.75, 1] as const;

type NumberParameter = Extract<ParameterDescription, { kind: 'number' }>;

/**
 * What the clone of an operator can be told, from the least to the most: what its networks are told all together; what its drafts
 * are made with, which need not act in the same direction, each alone and then all together. None where there is none.
 */
export function sweepOf(filters: readonly FilterDescription[], operator: Operator): ParameterValues[] {
  const parameters = filters.find(({ id }) => id === cloneId)?.parameters ?? [];
  const told = parameters.filter(
    (one): one is NumberParameter =>
      one.kind === 'number' &&
      one.usedWhen !== undefined &&
      one.usedWhen.some(({ parameter, values }) => parameter === 'operator' && values.includes(operator)),
  );
  const isFollowed = ({ name }: NumberParameter) =>
    operatorOf({ operator })?.followed.some((one) => one.name === name) ?? false;
  const followed = told.filter(isFollowed);
  const groups = [
    told.filter((one) => !isFollowed(one)),
    ...followed.map((one) => [one]),
    ...(followed.length > 1 ? [followed] : []),
  ];
  return groups.filter((group) => group.length > 0).flatMap(fromLeastToMost);
}

const fromLeastToMost = (group: readonly NumberParameter[]): ParameterValues[] =>
  places.map((place) => Object.fromEntries(group.map((one) => [one.name, fromPosition(place, one)])));

/** What moves in a setting: “fine, base”. */
export const variedIn = (told: ParameterValues): string => Object.keys(told).join(', ');

/** “fine 1, base 2”. */
export const settingTitle = (told: ParameterValues): string =>
  Object.entries(told)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
