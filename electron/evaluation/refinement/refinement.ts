import path from 'node:path';
import { SidelightError } from '../../contract/errors';
import type { Compared } from '../comparison';
import { comparisonReport } from '../comparisonReport';
import { rowsOf } from '../comparisonRows';
import { comparisonTables } from '../comparisonTables';
import { chooseContenders, variantsOf } from '../contenders';
import { listFolder } from '../dataFolder';
import { chosen, type EvaluationFamily, type EvaluationRequest } from '../family';
import type { EngineAccess } from '../filterFiles';
import { leadOf } from '../findings';
import { maskSettingsOrigin } from '../maskSettings';
import type { EvaluationReport, ReportRow } from '../report';
import { classesTask } from './classesTask';
import { type CoarseKind, coarseKinds, coarseProtocol } from './coarse';
import { depthTask } from './depthTask';
import { refinedFindings } from './refinedFindings';
import { saliencyTask } from './saliencyTask';
import type { CoarseCase, RefinementTask } from './task';

const tasks: readonly RefinementTask[] = [depthTask, saliencyTask, classesTask];

const protocol: readonly string[] = [
  coarseProtocol,
  'bicubic is the map as it came, enlarged: unrefined. guided-filter runs as the presets refine-depth, refine-saliency and refine-classes set it for photos of the paper’s size, whatever the photo’s (DGF, Table V); dagf as the presets depth, saliency and classes do, its weights trained on maps that are small but right.',
  'Depth: disparity stands for it, cropped to multiples of 16, unknown pixels filled before and left out after. rms is in raw disparity; log10 is the mean absolute difference of decimal logarithms, rms log the root mean square of that of natural ones, both the same for disparity and depth, values below 1 taken as 1. (The paper’s Table VI calls log10 what its released evaluation computes as rms log.)',
  'Saliency: results clamped to 0…1, F-measure with β² = 0.3 against the mask above one half, at the best threshold of each picture and at one half; MAE is the mean absolute error. Classes: every class’s probability (one-hot in the truth; the first class takes what objects leave) is refined on its own and the strongest wins; boundary IoU is that of pixels within 2 % of the diagonal of a contour.',
  'For the scale, the paper on the outputs of networks, unrefined and with the guided filter that is not trained (Table VI): depth on KITTI rms 6.081 and 5.904, log10 0.216 and 0.211; saliency on MSRA-B F 90.61 and 91.29 %; classes on PASCAL VOC mIoU 71.79 and 71.72 %.',
  `${maskSettingsOrigin} That holds for the joint bilateral filter here; on depth it has those of depth super-resolution ×8.`,
  'ms is the time from opened inputs to a written file of one picture (all of its classes), the mean over pictures.',
];

/** Refinement of coarse maps along a photo’s edges (DGF, Sect. VI). */
export const refinement: EvaluationFamily = {
  id: 'refinement',
  title: 'Refinement of coarse maps',
  summary: 'coarse depth, saliency and class maps refined along the photo’s edges (DGF, Sect. VI)',
  data: `folder that holds ${tasks.map(({ folder }) => folder).join(', ')}`,
  options: [
    { name: 'tasks', summary: 'kinds of maps', values: tasks.map(({ id }) => id) },
    { name: 'kinds', summary: 'how they are made coarse', values: coarseKinds },
  ],
  rows: ['dagf', 'dagf-fast'],
  evaluate,
};

async function evaluate(request: EvaluationRequest, access: EngineAccess): Promise<EvaluationReport> {
  const ids = chosen(
    request,
    'tasks',
    tasks.map(({ id }) => id),
  );
  const used = tasks.filter(({ id }) => ids.includes(id));
  const contenders = chooseContenders(request.filters, refinement.rows, request.wanted);
  for (const task of used) await checkFolder(request.folder, task);
  const done: { task: RefinementTask; compared: Compared<CoarseCase>; rows: ReportRow[] }[] = [];
  for (const task of used) {
    const own = { ...request, onProgress: progressOf(request, done.length, used.length) };
    const cases = chosen(request, 'kinds', coarseKinds).map((kind) => caseOf(task, kind));
    const folder = path.join(request.folder, task.folder);
    const compared = await task.compare(folder, { cases, contenders }, own, access);
    done.push({ task, compared, rows: rowsOf(compared.cells) });
  }
  const all: Compared<CoarseCase> = {
    scenes: done.flatMap(({ compared }) => compared.scenes),
    cells: done.flatMap(({ compared }) => compared.cells),
    pictures: done.flatMap(({ compared }) => compared.pictures),
  };
  const report = comparisonReport(refinement, request, all, {
    rows: done.flatMap(({ rows }) => rows),
    layout: { table: () => '', column: () => '', figures: [] },
    protocol,
    findings: done.flatMap(({ task: { figures }, rows }) => [
      ...figures.flatMap((figure) => refinedFindings(rows, 'guided-filter', figure)),
      ...leadOf(rows, 'dagf', figures[0], variantsOf('dagf')),
    ]),
  });
  const tables = done.flatMap(({ task: { title, figures }, rows }) =>
    comparisonTables(rows, {
      table: () => title,
      column: ({ conditions }) => String(conditions.kind),
      figures,
    }),
  );
  return { ...report, tables };
}

const caseOf = (task: RefinementTask, kind: CoarseKind): CoarseCase => ({
  id: kind,
  title: `${task.id} ${kind}`,
  conditions: { task: task.id, kind },
  kind,
});

const progressOf =
  (request: EvaluationRequest, before: number, tasksInAll: number): EvaluationRequest['onProgress'] =>
  (share, label) =>
    request.onProgress((before + share) / tasksInAll, label);

/** Before the work begins, which takes long. @throws SidelightError file-not-found */
async function checkFolder(data: string, { id, folder }: RefinementTask): Promise<void> {
  await listFolder(data);
  const inside = path.join(data, folder);
  await listFolder(inside).catch((thrown) => {
    const remedy = `Put the data there, or leave “${id}” out with --tasks.`;
    throw new SidelightError(
      'file-not-found',
      `There is no folder ${inside} that can be read.`,
      remedy,
      { path: inside },
      thrown,
    );
  });
}
