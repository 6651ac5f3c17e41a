import type { FilterDescription, ParameterDescription, ParameterValues } from '../../contract/filters';
import { fromPosition } from '../../recipe/scale';
import { distinct } from '../comparisonRows';
import type { ReportRow } from '../report';
import { cloneId, inputRow, type Operator } from './operatorRows';

/** Places between the ends of a range, from the least to the most. */
const places = [0, 0.25, 0.5, 0.75, 1] as const;

type NumberParameter = Extract<ParameterDescription, { kind: 'number' }>;

/** What the clone of an operator can be told, from the least to the most, all of its parameters moving together; none where there is none. */
export function sweepOf(filters: readonly FilterDescription[], operator: Operator): ParameterValues[] {
  const parameters = filters.find(({ id }) => id === cloneId)?.parameters ?? [];
  const told = parameters.filter(
    (one): one is NumberParameter =>
      one.kind === 'number' &&
      one.usedWhen !== undefined &&
      one.usedWhen.some(({ parameter, values }) => parameter === 'operator' && values.includes(operator)),
  );
  if (told.length === 0) return [];
  return places.map((place) => Object.fromEntries(told.map((one) => [one.name, fromPosition(place, one)])));
}

/** “fine 1, base 2”. */
export const settingTitle = (told: ParameterValues): string =>
  Object.entries(told)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/** Whether the effect of the exact filter and of its clones grows from setting to setting: a sentence a row, and in how many photos. */
export function sweepFindings(rows: readonly ReportRow[]): string[] {
  const titleOf = ({ conditions: { operator, size } }: ReportRow) => `${operator} ${size} px`;
  return distinct(rows.map(titleOf)).flatMap((title) => {
    const own = rows.filter((row) => titleOf(row) === title && row.row !== inputRow);
    return distinct(own.map(({ row }) => row)).map(
      (name) =>
        `${title}: ${growthOf(
          name,
          own.filter(({ row }) => row === name),
        )}`,
    );
  });
}

/** @param settings one row, from the least to the most */
function growthOf(name: string, settings: readonly ReportRow[]): string {
  const changes = settings.map(({ metrics }) => metrics.change!);
  const photos = settings[0]!.scenes.map(({ scene }) =>
    settings.map(({ scenes }) => scenes.find((one) => one.scene === scene)?.metrics.change ?? Number.NaN),
  );
  const verdict = grows(changes) ? 'grows' : 'does not grow';
  const growing = photos.filter(grows).length;
  const figures = changes.map((change) => change.toFixed(1)).join(', ');
  return `the effect of ${name} ${verdict} with every setting (squared differences to the photo: ${figures}); it does on ${growing} of ${photos.length} photos.`;
}

const grows = (values: readonly number[]) => values.every((value, i) => i === 0 || value > values[i - 1]!);
