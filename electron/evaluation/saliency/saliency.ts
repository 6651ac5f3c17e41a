import { fMeasureAdaptive, fMeasureHalf, fMeasureMaximum } from '../../metrics/fMeasure';
import { mae } from '../../metrics/mae';
import { createRaster, type Raster } from '../../raster/raster';
import { reduceBicubic } from '../../raster/reduceBicubic';
import { toUnitScale } from '../../raster/unitScale';
import { comparisonReport } from '../comparisonReport';
import { rowsOf } from '../comparisonRows';
import type { Figure } from '../comparisonTables';
import { variantsOf } from '../contenders';
import type { EvaluationFamily, EvaluationRequest } from '../family';
import type { EngineAccess } from '../filterFiles';
import { leadOf } from '../findings';
import { compareMasks, type KnownSubject, type MaskProtocol } from '../maskComparison';
import { maskFactor, maskSettingsOrigin } from '../maskSettings';
import { absoluteError } from '../pictures/absoluteError';
import type { EvaluationReport } from '../report';

const figures: readonly Figure[] = [
  { metric: 'maximum', title: 'F (best threshold)', digits: 3, better: 'higher' },
  { metric: 'adaptive', title: 'F (twice the mean)', digits: 3, better: 'higher' },
  { metric: 'half', title: 'F (one half)', digits: 3, better: 'higher' },
  { metric: 'mae', title: 'MAE', digits: 4, better: 'lower' },
];

const protocol: readonly string[] = [
  `Photos and masks are cropped at the right and bottom to multiples of ${maskFactor}; masks (0…1) are reduced ×${maskFactor}, antialiased bicubic with a = −0.5, and stay floats. Nothing was trained on masks: DAGF runs as its preset for saliency sets it.`,
  'Results are clamped to 0…1. F is the F-measure with β² = 0.3 (Achanta et al. 2009) against the mask above one half. The paper (Table II) does not name its threshold, so there are three: the best of 1/255 … 1 for each picture, twice the mean of the result, and one half. MAE is the mean absolute error. Figures are means over the pictures.',
  'For the scale, the paper on 5168 pictures of DUT-OMRON: bicubic 0.853, guided filter 0.821, DKN 0.926, DAGF 0.932.',
  maskSettingsOrigin,
  'ms is the time from opened inputs to a written file of one picture, the mean over pictures.',
];

/** Saliency map super-resolution, without training for it (DAGF, Table II). */
export const saliency: EvaluationFamily = {
  id: 'saliency',
  title: `Saliency map super-resolution ×${maskFactor}`,
  summary: 'saliency map super-resolution ×8 against object masks (DAGF, Table II)',
  data: 'folder that holds image/X.jpg and mask/X.png',
  options: [],
  rows: ['dagf', 'dagf-fast'],
  evaluate,
};

async function evaluate(request: EvaluationRequest, access: EngineAccess): Promise<EvaluationReport> {
  const compared = await compareMasks(saliency, saliencyMasks, request, access);
  const rows = rowsOf(compared.cells);
  return comparisonReport(saliency, request, compared, {
    rows,
    layout: { table: () => 'F-measure and MAE', column: () => '', figures },
    protocol,
    findings: figures.flatMap((figure) => leadOf(rows, 'dagf', figure, variantsOf('dagf'))),
  });
}

/** How saliency maps are read and measured. */
export const saliencyMasks: MaskProtocol<KnownSubject> = {
  folders: { photos: 'image', masks: 'mask' },
  preset: 'saliency',
  readMask: toUnitScale,
  subject: (guidance, truth, small) => ({
    guidance,
    targets: [reduceBicubic(truth, small)],
    truth,
    colormap: 'grey',
  }),
  combine: ([result]) => clampToUnit(result!),
  measure(result, { truth }) {
    const comparison = { result, reference: truth, dataRange: 1 };
    return {
      maximum: fMeasureMaximum.measure(comparison),
      adaptive: fMeasureAdaptive.measure(comparison),
      half: fMeasureHalf.measure(comparison),
      mae: mae.measure(comparison),
    };
  },
  error: (result, { truth }) => absoluteError(result, truth),
};

const clampToUnit = (raster: Raster) =>
  createRaster({
    ...raster,
    data: raster.data.map((value) => Math.min(1, Math.max(0, value))),
    fullScale: { min: 0, max: 1 },
  });
