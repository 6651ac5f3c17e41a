import { distinct } from '../comparisonRows';
import type { ReportRow } from '../report';
import { exactRow, inputRow } from './operatorRows';

/** Whether a series goes from setting to setting as it should, by the one of the exact filter beside it. */
type IsSteady = (changes: readonly number[], exact: readonly number[]) => boolean;

interface Course {
  readonly isSteady: IsSteady;
  /** Of a row that is steady, and of one that is not. */
  readonly verdicts: readonly [string, string];
}

const growing: Course = {
  isSteady: (changes) => steps(changes).every((step) => step > 0),
  verdicts: ['grows with every setting', 'does not grow with every setting'],
};
const shrinking: Course = {
  isSteady: (changes) => steps(changes).every((step) => step < 0),
  verdicts: ['shrinks with every setting', 'does not shrink with every setting'],
};
const turning: Course = {
  isSteady: (changes, exact) => String(steps(changes)) === String(steps(exact)),
  verdicts: [
    'grows and shrinks where the exact filter’s does',
    'does not grow and shrink where the exact filter’s does',
  ],
};

/**
 * Whether the effect of the clones of an operator goes from setting to setting as the exact filter's, which grows, shrinks, or does
 * both: a sentence a row, and in how many photos.
 */
export function sweepFindings(rows: readonly ReportRow[]): string[] {
  const titleOf = ({ conditions: { operator, size, varied } }: ReportRow) =>
    `${operator} ${size} px, ${varied}`;
  return distinct(rows.map(titleOf)).flatMap((title) => {
    const own = rows.filter((row) => titleOf(row) === title && row.row !== inputRow);
    return effectsOf(own).map((effect) => `${title}: ${effect}`);
  });
}

/** @param rows those of one operator, and of settings from the least to the most */
function effectsOf(rows: readonly ReportRow[]): string[] {
  const exact = rows.filter(({ row }) => row === exactRow);
  const { isSteady, verdicts } = courseOf(exact.map(changeOf));
  return distinct(rows.map(({ row }) => row)).map((name) => {
    const own = rows.filter(({ row }) => row === name);
    const changes = own.map(changeOf);
    const photos = own[0]!.scenes.map(({ scene }) => scene);
    const steady = photos.filter((photo) => isSteady(changesOf(own, photo), changesOf(exact, photo))).length;
    const [does, doesNot] = verdicts;
    const figures = changes.map((change) => change.toFixed(1)).join(', ');
    return `the effect of ${name} ${isSteady(changes, exact.map(changeOf)) ? does : doesNot} (squared differences to the photo: ${figures}); it does on ${steady} of ${photos.length} photos.`;
  });
}

/** Where the exact filter was not measured, an effect should grow. */
function courseOf(exact: readonly number[]): Course {
  return [growing, shrinking].find(({ isSteady }) => isSteady(exact, exact)) ?? turning;
}

const changeOf = ({ metrics }: ReportRow) => metrics.change!;

const changesOf = (settings: readonly ReportRow[], photo: string) =>
  settings.map(({ scenes }) => scenes.find(({ scene }) => scene === photo)?.metrics.change ?? Number.NaN);

/** Towards the next: 1, −1, or 0 where it is the same. */
const steps = (values: readonly number[]) => values.slice(1).map((value, i) => Math.sign(value - values[i]!));
