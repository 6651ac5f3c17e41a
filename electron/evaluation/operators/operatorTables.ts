import { distinct } from '../comparisonRows';
import type { ReportRow, ReportTable } from '../report';
import { inputRow, type Operator } from './operatorRows';
import { paperGain, paperSize } from './paperResults';

/** Rows with `gain`: PSNR above that of the input in the same case, in dB. */
export function withGains(rows: readonly ReportRow[]): ReportRow[] {
  return rows.map((row) => {
    const input = rows.find((other) => other.row === inputRow && other.case === row.case);
    const [own, unchanged] = [row.metrics.psnr, input?.metrics.psnr];
    if (own === undefined || unchanged === undefined || row === input) return row;
    return { ...row, metrics: { ...row.metrics, gain: own - unchanged } };
  });
}

const operatorOf = ({ conditions }: ReportRow) => conditions.operator as Operator;
export const sizeColumn = ({ conditions: { size }, scenes }: ReportRow) =>
  `${size} px (${scenes.length} photo${scenes.length === 1 ? '' : 's'})`;

/** Gains over the input beside the paper's, a table an operator. */
export const gainTables = (rows: readonly ReportRow[], titleOf: (row: ReportRow) => string): ReportTable[] =>
  figureTables(
    rows.filter(({ metrics }) => metrics.gain !== undefined),
    (row) => `${titleOf(row)}: PSNR above the input’s, dB`,
    ({ metrics }) => metrics.gain!.toFixed(2),
    {
      title: `paper, ${paperSize} px`,
      cell: (row) => paperGain(operatorOf(row), row.row)?.toFixed(2) ?? '',
    },
  );

/** PSNR at the settings that clones can be told, a table an operator and what moves in them. */
export const sweepTables = (rows: readonly ReportRow[], titleOf: (row: ReportRow) => string): ReportTable[] =>
  figureTables(
    rows.filter(({ metrics }) => metrics.psnr !== undefined),
    (row) =>
      `${titleOf(row)}, ${row.conditions.varied}, ${row.conditions.size} px: PSNR at other settings, dB`,
    ({ metrics }) => (Number.isFinite(metrics.psnr) ? metrics.psnr!.toFixed(2) : '∞'),
    null,
    ({ conditions }) => String(conditions.setting),
  );

/** The most memory held, a table an operator; none where it was not measured. */
export const memoryTables = (
  rows: readonly ReportRow[],
  titleOf: (row: ReportRow) => string,
): ReportTable[] =>
  figureTables(
    rows.filter(({ metrics }) => metrics.peakMegabytes !== undefined),
    (row) => `${titleOf(row)}: peak memory, MB`,
    ({ metrics }) => metrics.peakMegabytes!.toFixed(0),
    null,
  );

function figureTables(
  rows: readonly ReportRow[],
  titleOf: (row: ReportRow) => string,
  cellOf: (row: ReportRow) => string,
  last: { title: string; cell(row: ReportRow): string } | null,
  columnOf: (row: ReportRow) => string = sizeColumn,
): ReportTable[] {
  return distinct(rows.map(titleOf)).map((title) => {
    const own = rows.filter((row) => titleOf(row) === title);
    const columns = distinct(own.map(columnOf));
    const lines = distinct(own.map(({ row }) => row)).map((name) => {
      const line = own.filter(({ row }) => row === name);
      const cells = columns.map((column) => line.filter((row) => columnOf(row) === column).map(cellOf)[0]);
      return [name, ...cells.map((cell) => cell ?? ''), ...(last ? [last.cell(line[0]!)] : [])];
    });
    return { title, header: ['filter', ...columns, ...(last ? [last.title] : [])], rows: lines };
  });
}
