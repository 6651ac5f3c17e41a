import { type DepthReport, depthSettingsLines, depthTables } from '../evaluation/depthReport';
import { alignColumns, wrap } from './textTable';

const titleOf = (report: DepthReport) =>
  `Depth super-resolution, ${report.scenes.length} scenes of ${report.data}`;

/** For a terminal. */
export function describeEvaluation(report: DepthReport): string {
  const lines = [titleOf(report), ''];
  for (const { title, table } of depthTables(report)) {
    const numeric = table.header.map((_, column) => column > 0);
    const [header = '', ...rows] = alignColumns([table.header, ...table.rows], numeric);
    lines.push(title, `  ${header}`, ...rows.map((row) => `  ${row}`), '');
  }
  lines.push('Settings', ...depthSettingsLines(report).map((line) => `  ${line}`), '');
  if (report.leftOut.length > 0)
    lines.push('Left out', ...report.leftOut.map((sentence) => `  ${sentence}`), '');
  lines.push(...report.protocol.flatMap((sentence) => wrap(sentence, '')));
  return lines.join('\n');
}

/** For a page. */
export function evaluationMarkdown(report: DepthReport): string {
  const lines = [`# ${titleOf(report)}`, '', `Scenes: ${report.scenes.join(', ')}.`, ''];
  for (const { title, table } of depthTables(report)) {
    lines.push(`## ${title}`, '', markdownRow(table.header));
    lines.push(markdownRow(table.header.map((_, column) => (column === 0 ? '---' : '---:'))));
    lines.push(...table.rows.map(markdownRow), '');
  }
  lines.push('## Settings', '', ...depthSettingsLines(report).map((line) => `- ${line}`), '');
  if (report.leftOut.length > 0)
    lines.push('## Left out', '', ...report.leftOut.map((sentence) => `- ${sentence}`), '');
  lines.push('## Protocol', '', ...report.protocol.map((sentence) => `- ${sentence}`), '');
  return lines.join('\n');
}

const markdownRow = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
