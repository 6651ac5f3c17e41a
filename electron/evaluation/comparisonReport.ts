import path from 'node:path';
import type { Case, Compared } from './comparison';
import { leftOutOf } from './comparisonRows';
import { comparisonTables, settingsLines, type TableLayout } from './comparisonTables';
import type { EvaluationFamily, EvaluationRequest } from './family';
import type { EvaluationReport, ReportRow } from './report';

/** What a family says about its comparison. */
export interface ComparisonAccount {
  readonly rows: readonly ReportRow[];
  readonly layout: TableLayout;
  readonly protocol: readonly string[];
  readonly findings: readonly string[];
}

/** The report of filters side by side. */
export function comparisonReport<C extends Case>(
  family: Pick<EvaluationFamily, 'id' | 'title'>,
  request: EvaluationRequest,
  { cells, scenes, pictures }: Compared<C>,
  { rows, layout, protocol, findings }: ComparisonAccount,
): EvaluationReport {
  return {
    family: family.id,
    title: family.title,
    data: path.basename(path.resolve(request.folder)),
    scenes,
    protocol,
    tables: comparisonTables(rows, layout),
    findings,
    rows,
    settings: settingsLines(rows),
    leftOut: leftOutOf(cells),
    pictures,
  };
}
