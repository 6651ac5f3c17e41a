import { distinct } from './comparisonRows';
import type { ReportRow, ReportTable } from './report';

/** A number in a table. */
export interface Figure {
  readonly metric: string;
  readonly title: string;
  readonly digits: number;
  readonly better: 'lower' | 'higher' | null;
}

export interface TableLayout {
  /** Title of the table a row belongs to. */
  table(row: ReportRow): string;
  /** The group of columns a row's figures stand in; empty when there is only one. */
  column(row: ReportRow): string;
  readonly figures: readonly Figure[];
}

/** A line a filter; its figures and its time for every column. Tables, columns and lines stand as the rows come. */
export function comparisonTables(rows: readonly ReportRow[], layout: TableLayout): ReportTable[] {
  const columns = distinct(rows.map(layout.column));
  const [first, ...others] = layout.figures.map(({ title }) => title);
  const header = [
    'filter',
    ...columns.flatMap((column) => [[column, first].join(' ').trim(), ...others, 'ms']),
  ];
  return distinct(rows.map(layout.table)).map((title) => {
    const own = rows.filter((row) => layout.table(row) === title);
    const lines = distinct(own.map(({ row }) => row)).map((name) => [
      name,
      ...columns.flatMap((column) =>
        cellsOf(
          own.find((row) => row.row === name && layout.column(row) === column),
          layout.figures,
        ),
      ),
    ]);
    return { title, header, rows: lines };
  });
}

function cellsOf(row: ReportRow | undefined, figures: readonly Figure[]): string[] {
  if (!row) return [...figures.map(() => ''), ''];
  return [
    ...figures.map(({ metric, digits }) => formatted(row.metrics[metric], digits)),
    row.milliseconds.toFixed(0),
  ];
}

const formatted = (value: number | undefined, digits: number) =>
  value === undefined || Number.isNaN(value) ? '' : value.toFixed(digits);

/** What rows were run with: a line for every setting that differs, and the devices. */
export function settingsLines(rows: readonly ReportRow[]): string[] {
  const rowsBySettings = new Map<string, ReportRow[]>();
  for (const row of rows) {
    const settings = describeSettings(row);
    if (settings === '') continue;
    const key = `${row.row}: ${settings}`;
    rowsBySettings.set(key, [...(rowsBySettings.get(key) ?? []), row]);
  }
  const lines = [...rowsBySettings.values()].map((own) => {
    const cases = distinct(own.map((row) => row.case)).join(', ');
    return `${own[0]!.row} (${cases}): ${describeSettings(own[0]!)}`;
  });
  return [...lines, `device: ${distinct(rows.flatMap((row) => row.devices)).join(', ')}`];
}

function describeSettings({ parameters, iterations, models }: ReportRow): string {
  const settings = Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
  if (iterations > 1) settings.push(`${iterations} iterations`);
  return [...settings, ...models.map((model) => `model ${model}`)].join(', ');
}
