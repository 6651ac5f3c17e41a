import path from 'node:path';
import { findFilter } from '../../recipe/validate';
import { type Compared, compare } from '../comparison';
import { comparisonReport } from '../comparisonReport';
import { mean, rowsOf } from '../comparisonRows';
import { type Contender, chooseContenders } from '../contenders';
import { type DepthCase, type DepthComparison, depthMeasuring, depthSceneOf } from '../depth/depth';
import { findDepthPairs } from '../depth/depthPairs';
import { depthParameters } from '../depth/depthSettings';
import { chosen, type EvaluationFamily, type EvaluationRequest } from '../family';
import type { Engines } from '../filterFiles';
import type { EvaluationReport, ReportRow } from '../report';
import { type AblationRow, readAblationList } from './ablationList';
import {
  type AblationResults,
  componentsTable,
  gridTable,
  marginFindings,
  orderFindings,
  seedFindings,
  stepFindings,
} from './ablationTables';
import { withSingleModel } from './singleModel';

const tables = ['components', 'grid'] as const;

const nearest16: DepthCase = {
  id: 'nearest-x16',
  title: 'nearest ×16',
  conditions: { degradation: 'nearest', factor: 16 },
  degradation: 'nearest',
  factor: 16,
};

const protocol: readonly string[] = [
  'Depth as in the depth family: ×16, nearest, RMSE in raw disparity, mean over scenes; the ratio is to bicubic on the same images in the same run.',
  'The models of a table were trained side by side on the same batches, for the same number of steps; they differ in what the table compares and in nothing else. They are smaller than the paper’s and trained far shorter.',
  'The models of the table of components have about as many parameters each: those with fewer parts got more residual blocks, as in the paper.',
  'The paper’s figures are from its own training, and from the data set named beside them: compare the order of rows, not the values.',
];

/** The paper's ablations: which parts of the network and which sizes matter. */
export const ablation: EvaluationFamily = {
  id: 'ablation',
  title: 'Ablations of DAGF',
  summary: 'what the parts of DAGF contribute at ×16 nearest (DAGF, Tables VI and VII)',
  data: 'folder of Middlebury pairs: a photo and its disparity',
  options: [
    { name: 'tables', summary: 'tables to measure', values: tables },
    { name: 'models', summary: 'folder of the models; models/ablation if left out', values: 'path' },
  ],
  rows: [],
  evaluate,
};

async function evaluate(request: EvaluationRequest, engines: Engines): Promise<EvaluationReport> {
  const [folder = path.join(engines.modelsFolder, 'ablation')] = request.options.models ?? [];
  const list = await readAblationList(folder);
  const wanted = chosen(request, 'tables', tables);
  const variants = wanted.flatMap((table) => list[table].rows);
  const compared = await measureAll(variants, folder, request, engines);
  const rows = rowsOf(compared.cells, 'rmse');
  const results = resultsOf(variants, rows);
  const report = comparisonReport(ablation, request, compared, {
    rows,
    layout: { table: () => '', column: () => '', figures: [] },
    protocol,
    findings: wanted.flatMap((table) =>
      table === 'components'
        ? [...orderFindings('Table VII', list[table], results), ...stepFindings(list[table], results)]
        : [...orderFindings('Table VI', list[table], results), ...marginFindings(list[table], results)],
    ),
  });
  return {
    ...report,
    tables: wanted.map((table) =>
      table === 'components' ? componentsTable(list[table], results) : gridTable(list[table], results),
    ),
    findings: [...report.findings, ...seedFindings(results)],
    settings: [`models: ${path.basename(path.resolve(folder))}`],
  };
}

/** The baselines with the installed engine, then every model with an engine that has no other. */
async function measureAll(
  variants: readonly AblationRow[],
  folder: string,
  request: EvaluationRequest,
  engines: Engines,
): Promise<Compared<DepthCase>> {
  const pairs = await findDepthPairs(request.folder);
  const comparisonOf = (contenders: Contender[]) => comparison(pairs.map(depthSceneOf), contenders);
  const models = variants.flatMap((row) => row.models);
  const part = (index: number): EvaluationRequest => ({
    ...request,
    pictures: null,
    onProgress: (done, scene) =>
      request.onProgress(
        (index + done) / (models.length + 1),
        `${models[index - 1] ?? 'baselines'}, ${scene}`,
      ),
  });
  const baselines = comparisonOf(chooseContenders(request.filters, ablation.rows, request.wanted));
  const { cells, scenes } = await compare(baselines, part(0), engines);
  const measured = [...cells];
  const dagf = findFilter(request.filters, 'dagf');
  for (const [index, id] of models.entries()) {
    const one = comparisonOf([{ id, filter: dagf, parameters: { quality: 'fast' } }]);
    const own = await withSingleModel(folder, id, (single) =>
      engines.withModels(single, (access) => compare(one, { ...part(index + 1), wanted: null }, access)),
    );
    measured.push(...own.cells);
  }
  return { cells: measured, scenes, pictures: [] };
}

const comparison = (
  scenes: DepthComparison['scenes'],
  contenders: readonly Contender[],
): DepthComparison => ({
  scenes,
  cases: [nearest16],
  contenders,
  settings: ({ filter, parameters }) => ({
    parameters: { ...depthParameters(filter, 'nearest', 16), ...parameters },
    iterations: 1,
  }),
  ...depthMeasuring,
});

function resultsOf(variants: readonly AblationRow[], rows: readonly ReportRow[]): AblationResults {
  const rowOf = (id: string) => rows.find((row) => row.row === id)!;
  return new Map(
    variants.map(({ id, models }) => {
      const seeds = models.map((model) => rowOf(model).metrics.rmse!);
      const ratio = mean(models.map((model) => rowOf(model).metrics.ratio!));
      return [id, { rmse: mean(seeds), ratio, seeds }];
    }),
  );
}
