import { readImage } from '../../codecs/read';
import { SidelightError } from '../../contract/errors';
import { psnr } from '../../metrics/psnr';
import { ssim } from '../../metrics/ssim';
import type { Raster } from '../../raster/raster';
import { type Case, type Compared, compare, type Scene, type Subject } from '../comparison';
import { comparisonReport } from '../comparisonReport';
import { rowsOf } from '../comparisonRows';
import { comparisonTables, type Figure, type TableLayout } from '../comparisonTables';
import { variantsOf } from '../contenders';
import { chosen, type EvaluationFamily, type EvaluationRequest } from '../family';
import type { EngineAccess } from '../filterFiles';
import { leadOf } from '../findings';
import { absoluteError } from '../pictures/absoluteError';
import type { EvaluationReport } from '../report';
import { sameSizeContenders } from '../sameSizeContenders';
import { shownLevels } from '../shownLevels';
import { taskSettings } from '../taskSettings';
import { type Sigma, type Storage, sigmas, storages, withNoise } from './addedNoise';
import { denoisingSettings } from './denoisingSettings';
import { atLevelsOf } from './levels';
import { protocol } from './protocol';
import { findRestorationPairs, type RestorationPair } from './restorationPairs';

/** What the target's noise is. */
interface DenoisingCase extends Case {
  readonly kind: RestorationPair['kind'];
  /** Null: the camera's own. */
  readonly added: { readonly sigma: Sigma; readonly storage: Storage } | null;
}

/** About the noise of the dark photos, in levels; what the settings for them were chosen for. */
const cameraSigma = 25;

const figures: readonly [Figure, Figure] = [
  { metric: 'psnr', title: 'PSNR', digits: 2, better: 'higher' },
  { metric: 'ssim', title: 'SSIM', digits: 3, better: 'higher' },
];

/** Denoising along a guidance in other light (DAGF, Sect. IV-B). */
export const denoising: EvaluationFamily = {
  id: 'denoising',
  title: 'Flash and near-infrared guided denoising',
  summary: 'denoising along a flash or near-infrared photo of the same scene (DAGF, Sect. IV-B)',
  data: 'folder that holds, at any depth, pairs X_…flash with X_…noflash, and X_rgb with X_nir',
  options: [
    {
      name: 'sigmas',
      summary: 'standard deviations of the noise added to X_rgb',
      values: sigmas.map(String),
    },
    { name: 'storages', summary: 'how that is kept', values: storages },
  ],
  rows: ['dagf', 'dagf-fast'],
  evaluate,
};

async function evaluate(request: EvaluationRequest, access: EngineAccess): Promise<EvaluationReport> {
  const pairs = await findRestorationPairs(request.folder);
  const parts = partsOf(pairs, request);
  const compared: Compared<DenoisingCase>[] = [];
  for (const [index, part] of parts.entries()) {
    const share = (done: number) => (index + done) / parts.length;
    const own = {
      ...request,
      onProgress: (done: number, label: string) => request.onProgress(share(done), label),
    };
    compared.push(await comparePart(part, own, access));
  }
  const measured = compared.filter((_, index) => parts[index]!.measured).flatMap(({ cells }) => cells);
  const rows = rowsOf(measured);
  const together = {
    cells: measured,
    scenes: compared.flatMap(({ scenes }) => scenes),
    pictures: compared.flatMap(({ pictures }) => pictures),
  };
  const layout: TableLayout = {
    table: ({ conditions }) => `${conditions.guidance}`,
    column: ({ conditions }) => `${conditions.noise}`,
    figures,
  };
  const findings = figures.flatMap((figure) => leadOf(rows, 'dagf', figure, variantsOf('dagf')));
  const report = comparisonReport(denoising, request, together, { rows, layout, protocol, findings });
  // Each guidance has columns of its own.
  const tables = Object.values(guidances).flatMap((guidance) =>
    comparisonTables(
      rows.filter(({ conditions }) => conditions.guidance === guidance),
      layout,
    ),
  );
  return { ...report, tables };
}

/** Pairs that are measured alike. */
interface Part {
  readonly pairs: readonly RestorationPair[];
  readonly cases: readonly DenoisingCase[];
  /** Where nobody knows the truth, only pictures are made. */
  readonly measured: boolean;
}

function partsOf(pairs: readonly RestorationPair[], request: EvaluationRequest): Part[] {
  const flash = pairs.filter(({ kind }) => kind === 'flash');
  const nir = pairs.filter(({ kind }) => kind === 'nir');
  const parts = [
    { pairs: flash.filter(({ reference }) => reference), cases: [ownNoise('flash')], measured: true },
    { pairs: nir.filter(({ noisy }) => !noisy), cases: addedNoise(request), measured: true },
    { pairs: flash.filter(({ reference }) => !reference), cases: [ownNoise('flash')], measured: false },
    { pairs: nir.filter(({ noisy }) => noisy), cases: [ownNoise('nir')], measured: false },
  ];
  return parts.filter((part) => part.pairs.length > 0 && (part.measured || request.pictures !== null));
}

const guidances = { flash: 'guided by flash', nir: 'guided by near infrared' } as const;

const ownNoise = (kind: DenoisingCase['kind']): DenoisingCase => ({
  id: kind,
  title: `${kind}, the camera’s noise`,
  conditions: { guidance: guidances[kind], noise: 'camera' },
  kind,
  added: null,
});

function addedNoise(request: EvaluationRequest): DenoisingCase[] {
  const wanted = chosen(request, 'storages', storages);
  return chosen(request, 'sigmas', sigmas).flatMap((sigma) =>
    wanted.map((storage) => ({
      id: `nir-${sigma}-${storage}`,
      title: `nir, σ = ${sigma}, ${storage}`,
      conditions: { guidance: guidances.nir, noise: `σ = ${sigma}, ${storage}` },
      kind: 'nir',
      added: { sigma, storage },
    })),
  );
}

function comparePart({ pairs, cases }: Part, request: EvaluationRequest, access: EngineAccess) {
  return compare(
    {
      scenes: pairs.map(sceneOf),
      cases,
      contenders: sameSizeContenders(request, denoising.rows),
      settings: (contender, { kind, added }) =>
        taskSettings(contender, kind, denoisingSettings[kind][added?.sigma ?? cameraSigma]),
      combine: ([result]) => shownLevels(result!),
      measure: (result, { truth }) =>
        truth
          ? {
              psnr: psnr.measure({ result, reference: truth, dataRange: 255 }),
              ssim: ssim.measure({ result, reference: truth, dataRange: 255 }),
            }
          : {},
      error: (result, { truth }) => absoluteError(result, truth),
    },
    request,
    access,
  );
}

const sceneOf = (pair: RestorationPair): Scene<DenoisingCase, Subject> => ({
  name: pair.name,
  async open() {
    const guidance = (await readImage(pair.guidance)).raster;
    const target = (await readImage(pair.target)).raster;
    const reference = pair.reference === null ? null : (await readImage(pair.reference)).raster;
    checkAlike(pair, 'size', [guidance, target, reference], ({ width, height }) => `${width} × ${height}`);
    checkAlike(pair, 'number of channels', [target, reference], ({ channels }) => `${channels}`);
    const truth = reference && shownLevels(atLevelsOf(target, reference));
    return ({ added }) =>
      added
        ? { guidance, targets: [withNoise(target, added.sigma, added.storage, pair.name)], truth: target }
        : { guidance, targets: [target], truth };
  },
});

function checkAlike(
  pair: RestorationPair,
  what: string,
  pictures: readonly (Raster | null)[],
  sayOf: (picture: Raster) => string,
): void {
  const found = new Set(pictures.flatMap((one) => (one ? [sayOf(one)] : [])));
  if (found.size === 1) return;
  throw new SidelightError(
    'aspect-mismatch',
    `The photos of the pair “${pair.name}” differ in ${what}: ${[...found].join(', ')}.`,
    'Remove the pair from the folder, or put in photos that belong together.',
    { path: pair.target },
  );
}
