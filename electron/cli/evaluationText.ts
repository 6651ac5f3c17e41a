import type { EvaluationReport, WorstPlace } from '../evaluation/report';
import { alignColumns, wrap } from './textTable';

const titleOf = (report: EvaluationReport) =>
  `${report.title}, ${report.scenes.length} scenes of ${report.data}`;

/** For a terminal. */
export function describeEvaluation(report: EvaluationReport): string {
  const lines = [titleOf(report), ''];
  for (const table of report.tables) {
    const numeric = table.header.map((_, column) => column > 0);
    const [header = '', ...rows] = alignColumns([table.header, ...table.rows], numeric);
    lines.push(table.title, `  ${header}`, ...rows.map((row) => `  ${row}`), '');
  }
  for (const [title, sentences] of sections(report))
    lines.push(title, ...sentences.flatMap((sentence) => wrap(sentence, '  ')), '');
  lines.push(...report.protocol.flatMap((sentence) => wrap(sentence, '')));
  return lines.join('\n');
}

/** For a page. @param command what was run, without the paths of this machine */
export function evaluationMarkdown(report: EvaluationReport, command: string): string {
  const lines = [`# ${titleOf(report)}`, '', `Written by \`${command}\`.`, ''];
  lines.push(`Scenes: ${report.scenes.join(', ')}.`, '');
  for (const table of report.tables) {
    lines.push(`## ${table.title}`, '', markdownRow(table.header));
    lines.push(markdownRow(table.header.map((_, column) => (column === 0 ? '---' : '---:'))));
    lines.push(...table.rows.map(markdownRow), '');
  }
  for (const [title, sentences] of [...sections(report), ['Protocol', report.protocol] as const])
    lines.push(`## ${title}`, '', ...sentences.map((sentence) => `- ${sentence}`), '');
  return lines.join('\n');
}

/** The parts of a report that are sentences, without those that have none. */
function sections(report: EvaluationReport): [string, readonly string[]][] {
  const all: [string, readonly string[]][] = [
    ['Findings', report.findings],
    ['Settings', report.settings],
    ['Left out', report.leftOut],
  ];
  return all.filter(([, sentences]) => sentences.length > 0);
}

/** What the pictures of an evaluation show, for a page in their folder. */
export function picturesMarkdown(report: EvaluationReport): string {
  const lines = [`# Pictures: ${titleOf(report)}`];
  for (const { scene, case: title, sheet, columns, errorScale, crops } of report.pictures) {
    lines.push('', `## ${scene}, ${title}`, '', `Columns: ${columns.join(' | ')}.`);
    if (errorScale !== null)
      lines.push(`Second row: errors, black to white from 0 to ${rounded(errorScale)}.`);
    lines.push(...crops.map(describeCrop), '', `![${scene}, ${title}](${sheet})`);
  }
  return `${lines.join('\n')}\n`;
}

const describeCrop = ({ row, region: { x, y, width, height }, error }: WorstPlace) =>
  `Enlarged: ${width} × ${height} pixels at (${x}, ${y}), where ${row} is off by ${rounded(error)} on average.`;

const rounded = (value: number) => Number(value.toPrecision(3));

const markdownRow = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
