import path from 'node:path';
import { fileOperations } from '../../codecs/files';
import { writeWhole } from '../../codecs/whole-file';
import { rmse } from '../../metrics/rmse';
import { type Case, compare, type Scene, type Subject } from '../comparison';
import { comparisonReport } from '../comparisonReport';
import { rowsOf } from '../comparisonRows';
import { chooseContenders } from '../contenders';
import { degrade } from '../degrade';
import { findDepthPairs } from '../depth/depthPairs';
import { readDepthScene } from '../depth/depthScene';
import { depthParameters } from '../depth/depthSettings';
import type { EvaluationFamily, EvaluationRequest } from '../family';
import type { EngineAccess } from '../filterFiles';
import { absoluteError } from '../pictures/absoluteError';
import type { EvaluationReport } from '../report';
import { type Measurement, readMeasurements } from './measuredElsewhere';
import { qualityTables } from './qualityTables';
import { medianRows } from './repeatedRows';
import { plotTimeAgainstError } from './timePlot';

const factor = 8;
/** Odd, for medians; the first one opens the networks. */
const repetitions = 5;
const border = 6;

const protocol: readonly string[] = [
  `Depth as in the depth family: ×${factor}, bicubic, RMSE in raw disparity, mean over scenes.`,
  `Every filter runs ${repetitions} times on every scene, the target opened anew each time. ms is the time from opened inputs to a written file of one image, the median over runs and scenes; ms per megapixel is of the result.`,
  'Times measured elsewhere are shown as they were written down: of the network alone, at the size that is named.',
];

/** Time against error of the qualities a network offers (DAGF, Fig. 16). */
export const quality: EvaluationFamily = {
  id: 'quality',
  title: 'Quality against time',
  summary: 'time and RMSE of every quality of DAGF at ×8 (DAGF, Fig. 16)',
  data: 'folder of Middlebury pairs: a photo and its disparity',
  options: [
    {
      name: 'measured',
      summary: 'JSON file of times measured on another device, to be shown too',
      values: 'path',
    },
  ],
  rows: ['dagf-quarter', 'dagf-half', 'dagf', 'dagf-wide', 'dagf-fast'],
  evaluate,
};

async function evaluate(request: EvaluationRequest, access: EngineAccess): Promise<EvaluationReport> {
  const [file] = request.options.measured ?? [];
  const elsewhere: Measurement[] = file === undefined ? [] : await readMeasurements(file);
  const scenes = await openScenes(request.folder);
  const compared = await compare(
    {
      scenes,
      cases: Array.from({ length: repetitions }, (_, run) => runCase(run)),
      contenders: chooseContenders(request.filters, quality.rows, request.wanted),
      settings: ({ filter, parameters }) => ({
        parameters: { ...depthParameters(filter, 'bicubic', factor), ...parameters },
        iterations: 1,
      }),
      combine: ([result]) => result!,
      measure: (result, { truth }) => ({
        rmse: rmse.measure({ result, reference: truth!, border }),
        megapixels: (result.width * result.height) / 1e6,
      }),
      error: (result, { truth }) => absoluteError(result, truth),
    },
    // Pictures are the depth family's business; here they are a plot.
    { ...request, pictures: null },
    access,
  );
  const rows = medianRows(rowsOf(compared.cells, 'rmse'), `bicubic ×${factor}`);
  if (request.pictures !== null) {
    const plot = Buffer.from(plotTimeAgainstError(rows, elsewhere));
    const place = { path: path.join(request.pictures, 'time-against-rmse.svg'), mode: null };
    await writeWhole(place, plot, 'replace', fileOperations);
  }
  const report = comparisonReport(quality, request, compared, {
    rows,
    layout: { table: () => '', column: () => '', figures: [] },
    protocol,
    findings: [],
  });
  return { ...report, tables: qualityTables(rows, elsewhere) };
}

async function openScenes(folder: string): Promise<Scene<Case, Subject>[]> {
  const pairs = await findDepthPairs(folder);
  return pairs.map((pair) => ({
    name: pair.scene,
    async open() {
      const { guidance, truth, filled } = await readDepthScene(pair);
      return () => ({ guidance, targets: [degrade(filled, 'bicubic', factor, 0)], truth });
    },
  }));
}

const runCase = (run: number): Case => ({
  id: `run-${run + 1}`,
  title: `run ${run + 1}`,
  conditions: { run },
});
