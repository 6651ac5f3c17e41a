import type { FilterDescription, ParameterDescription, ParameterValues } from '../../contract/filters';
import { operatorOf } from '../../filters/dgf/operators';
import { fromPosition } from '../../recipe/scale';
import { distinct } from '../comparisonRows';
import type { ReportRow } from '../report';
import { cloneId, exactRow, inputRow, type Operator } from './operatorRows';

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

/**
 * Whether the effect of the exact filter and of its clones grows from setting to setting, or shrinks where the exact filter's is less at
 * the last than at the first: a sentence a row, and in how many photos.
 */
export function sweepFindings(rows: readonly ReportRow[]): string[] {
  const titleOf = ({ conditions: { operator, size, varied } }: ReportRow) =>
    `${operator} ${size} px, ${varied}`;
  return distinct(rows.map(titleOf)).flatMap((title) => {
    const own = rows.filter((row) => titleOf(row) === title && row.row !== inputRow);
    const exact = own.filter(({ row }) => row === exactRow).map(changeOf);
    const shrinks = exact.length > 0 && exact.at(-1)! < exact[0]!;
    return distinct(own.map(({ row }) => row)).map((name) => {
      const settings = own.filter(({ row }) => row === name);
      return `${title}: ${growthOf(name, settings, shrinks)}`;
    });
  });
}

/** @param settings one row, from the least to the most */
function growthOf(name: string, settings: readonly ReportRow[], shrinks: boolean): string {
  const changes = settings.map(changeOf);
  const photos = settings[0]!.scenes.map(({ scene }) =>
    settings.map(({ scenes }) => scenes.find((one) => one.scene === scene)?.metrics.change ?? Number.NaN),
  );
  const isSteady = (values: readonly number[]) => grows(shrinks ? values.toReversed() : values);
  const direction = shrinks ? 'shrink' : 'grow';
  const verdict = isSteady(changes) ? `${direction}s` : `does not ${direction}`;
  const steady = photos.filter(isSteady).length;
  const figures = changes.map((change) => change.toFixed(1)).join(', ');
  return `the effect of ${name} ${verdict} with every setting (squared differences to the photo: ${figures}); it does on ${steady} of ${photos.length} photos.`;
}

const changeOf = ({ metrics }: ReportRow) => metrics.change!;

const grows = (values: readonly number[]) => values.every((value, i) => i === 0 || value > values[i - 1]!);
