import type { FilterDescription } from '../../contract/filters';
import { automaticSides, draftSides, mostReduction } from '../../filters/dgf/copies';
import { clonedSides } from '../../filters/dgf/operators';
import { psnr } from '../../metrics/psnr';
import { rmse } from '../../metrics/rmse';
import { ssim } from '../../metrics/ssim';
import { createRaster, type Raster } from '../../raster/raster';
import { type Cell, compare, type Subject } from '../comparison';
import { comparisonReport } from '../comparisonReport';
import { distinct, rowsOf } from '../comparisonRows';
import { comparisonTables, type Figure, type TableLayout } from '../comparisonTables';
import { chosen, type EvaluationFamily, type EvaluationRequest } from '../family';
import type { Engines } from '../filterFiles';
import { absoluteError } from '../pictures/absoluteError';
import type { EvaluationReport, ReportRow } from '../report';
import { shownLevels } from '../shownLevels';
import { operatorFindings } from './operatorFindings';
import {
  operators as exactFilters,
  exactRow,
  inputRow,
  notOffered,
  type Operator,
  operatorContenders,
  operatorSettings,
  variants,
} from './operatorRows';
import { casesOf, type OperatorCase, photoOf, sceneOf, sizes, sweepCasesOf } from './operatorScenes';
import { gainTables, memoryTables, sizeColumn, sweepTables, withGains } from './operatorTables';
import { paperSize } from './paperResults';
import { peakMemory } from './peakMemory';
import { findPhotos } from './photos';
import { sweepOf } from './sweep';
import { sweepFindings } from './sweepFindings';

const figures: readonly Figure[] = [
  { metric: 'mse', title: 'MSE', digits: 1, better: 'lower' },
  { metric: 'psnr', title: 'PSNR', digits: 2, better: 'higher' },
  { metric: 'ssim', title: 'SSIM', digits: 3, better: 'higher' },
];

const protocol: readonly string[] = [
  'Photos are reduced until their short side has the size that is named (antialiased bicubic with a = −0.5) and rounded to 8 bits; one that is smaller is not in that column.',
  `exact is the filter itself at its defaults, run once on every photo and size: the truth. input is the photo as it is. dgf-s, -b, -cb and -c are the variants of the clone (s: the guided filter after the network; b: trained through it; cb: its layer learned; c: its guidance learned too), whose network sees the photo with a short side of 64 pixels, or, of c, as many as the name ends in; can is the network at full resolution. When nothing else is chosen, the application takes c with ${automaticSides.join(' or ')} pixels, the least that leaves at most ${mostReduction} of the photo to one. A network whose model has a draft is also given what the exact filter makes of a small copy of the photo, with a short side of ${draftSides[0]} pixels, of style transfer and haze removal ${draftSides[1]} where that is no more than half of the photo’s. It is made once for a photo: the time it takes counts in the first row that is given it.`,
  'Results and truths are rounded to 8 bits. MSE is in squared levels, PSNR to 255, both over all channels; SSIM is the mean over the channels. Figures are means over the photos.',
  `The paper’s gains (DGF, Table II) are means over other photos, the test set of MIT-Adobe FiveK at ${paperSize} px, and of its own teachers: its haze removal is non-local dehazing, its retouching that of a human expert.`,
  'ms is the time from opened inputs to a written file of one photo, the mean over photos; the first run of a network opens it. Peak memory is the most that a process held which only opened the first photo of that size and ran that filter.',
];

const sweepProtocol =
  'Settings are five, equally far apart from end to end of the range that the clones take (in ratios where the parameter’s slider moves in ratios). Parameters that a network is told move together; those that its draft is made with move one at a time, the others at their defaults, and then together. The exact filter is run anew at each of them, at the smallest of the sizes.';

/** Clones of image operators against what they imitate (DGF, Sect. V). */
export const operators: EvaluationFamily = {
  id: 'operators',
  title: 'Image operators and their clones',
  summary:
    'the deep guided filter’s clones of image operators against the exact ones (DGF, Table II, Fig. 6)',
  data: 'folder of photos',
  options: [
    { name: 'operators', summary: 'exact filters that are imitated', values: exactFilters },
    { name: 'sizes', summary: 'short sides of the photos in pixels', values: sizes.map(String) },
    { name: 'variants', summary: 'variants of the clone', values: variants },
    {
      name: 'sides',
      summary: 'short sides of what its network sees in pixels',
      values: clonedSides.map(String),
    },
    {
      name: 'settings',
      summary: 'also measure settings that the clones can be told, at the smallest of the sizes',
      values: 'flag',
    },
    {
      name: 'memory',
      summary: 'also run each row once in a process of its own, for the memory it takes',
      values: 'flag',
    },
  ],
  rows: [],
  evaluate,
};

async function evaluate(request: EvaluationRequest, access: Engines): Promise<EvaluationReport> {
  const photos = await findPhotos(request.folder);
  const wanted = chosen(request, 'operators', exactFilters);
  const offered = wanted.filter((id) => request.filters.some((filter) => filter.id === id));
  const choice = {
    variants: chosen(request, 'variants', variants),
    sides: chosen(request, 'sides', clonedSides),
  };
  const [withSettings, withMemory] = [isSet(request, 'settings'), isSet(request, 'memory')];
  const share = withMemory ? 0.5 : 1;
  const compared = await compare(
    {
      scenes: photos.map(sceneOf),
      cases: [...casesOf(request, offered), ...(withSettings ? sweepCasesOf(request, offered) : [])],
      contenders: operatorContenders(request.filters, offered, choice, request.wanted),
      exact: exactRow,
      settings: (contender, { operator, told }) => operatorSettings(contender, operator, told),
      combine: ([result], { guidance }) => inLevels(result!, guidance),
      measure: differencesFrom,
      error: (result, { truth }) => (result === truth ? null : absoluteError(result, truth)),
    },
    { ...request, onProgress: (done, label) => request.onProgress(share * done, label) },
    access,
  );
  const peaks = withMemory
    ? await peakMemory(
        compared.cells.filter((cell) => isRun(cell) && !isSweep(cell.case)),
        ({ scores, case: { size } }) => photoOf(photos, scores[0]!.scene, size),
        { ...request, onProgress: (done, label) => request.onProgress(share + (1 - share) * done, label) },
        access,
      )
    : new Map<Cell<OperatorCase>, number>();
  const all = compared.cells.flatMap((cell) => rowsOf([cell]).map((row) => withPeak(row, peaks.get(cell))));
  const rows = withGains(all.filter((row) => !isSweep(row)));
  const settings = all.filter(isSweep);
  const titleOf = ({ conditions }: ReportRow) =>
    request.filters.find(({ id }) => id === conditions.operator)?.title ?? '';
  const layout: TableLayout = { table: titleOf, column: sizeColumn, figures };
  const report = comparisonReport(operators, request, compared, {
    rows,
    layout,
    protocol: withSettings ? [...protocol, sweepProtocol] : protocol,
    findings: [...operatorFindings(rows), ...sweepFindings(settings)],
  });
  const tables = [
    ...comparisonTables(rows, layout),
    ...gainTables(rows, titleOf),
    ...sweepTables(settings, titleOf),
    ...memoryTables(rows, titleOf),
  ];
  return {
    ...report,
    rows: [...rows, ...settings],
    tables,
    leftOut: [
      ...notOffered(request.filters, wanted, choice),
      ...(withSettings ? untold(request.filters, offered) : []),
      ...gapsOf(compared.cells),
    ],
  };
}

/** As a file in 8 bits holds it, in as many channels as the photo: what came out grey is read as one. */
function inLevels(result: Raster, { channels }: Raster): Raster {
  const { width, height, data } = shownLevels(result);
  const levels = data.map(Math.round);
  const all = new Float32Array(channels * width * height);
  for (let start = 0; start < all.length; start += levels.length) all.set(levels, start);
  return createRaster({ width, height, channels, data: all, fullScale: { min: 0, max: 255 } });
}

/** From the exact filter's result, but not of that itself, and how much of the photo was changed. */
function differencesFrom(result: Raster, { truth, guidance }: Subject) {
  const change = rmse.measure({ result, reference: guidance, dataRange: 255 }) ** 2;
  if (!truth || truth === result) return { change };
  const comparison = { result, reference: truth, dataRange: 255 };
  return {
    change,
    mse: rmse.measure(comparison) ** 2,
    psnr: psnr.measure(comparison),
    ssim: ssim.measure(comparison),
  };
}

const isSet = ({ options }: EvaluationRequest, flag: string) => (options[flag] ?? []).length > 0;

/** Of the cases that go through settings. */
const isSweep = ({ conditions }: Pick<OperatorCase, 'conditions'>) => 'setting' in conditions;

const isRun = ({ contender, leftOut, scores }: Cell<OperatorCase>) =>
  contender.id !== inputRow && !leftOut && scores.length > 0;

const withPeak = (row: ReportRow, bytes: number | undefined): ReportRow =>
  bytes === undefined ? row : { ...row, metrics: { ...row.metrics, peakMegabytes: bytes / 1e6 } };

const untold = (filters: readonly FilterDescription[], offered: readonly Operator[]): string[] => {
  const fixed = offered.filter((operator) => sweepOf(filters, operator).length === 0);
  return fixed.length === 0
    ? []
    : [`No settings, for their clones know the defaults alone: ${fixed.join(', ')}.`];
};

/** Rows without a model are without it at every size; where the exact filter cannot be run, it alone is named. */
const gapsOf = (cells: readonly Cell<OperatorCase>[]): string[] =>
  distinct(
    cells.flatMap(({ contender, case: { operator, title }, leftOut }, index) => {
      const isNamed = cells.findIndex((other) => other.leftOut === leftOut) < index;
      if (!leftOut || isNamed) return [];
      return [`${leftOut.code === 'model-missing' ? operator : title}, ${contender.id}: ${leftOut.message}`];
    }),
  );
