import { boundaryIou, meanIou } from '../../metrics/intersectionOverUnion';
import { fillNearest } from '../../raster/fillNearest';
import { createRaster, type Raster } from '../../raster/raster';
import { reduceBicubic } from '../../raster/reduceBicubic';
import { comparisonReport } from '../comparisonReport';
import { rowsOf } from '../comparisonRows';
import type { Figure } from '../comparisonTables';
import { variantsOf } from '../contenders';
import type { EvaluationFamily, EvaluationRequest } from '../family';
import type { EngineAccess } from '../filterFiles';
import { leadOf } from '../findings';
import { compareMasks, type KnownSubject, type MaskProtocol } from '../maskComparison';
import { maskFactor, maskSettingsOrigin } from '../maskSettings';
import type { EvaluationReport } from '../report';
import { classesOf, probabilityOf, readLabels, strongestClass } from './classMap';

const figures: readonly Figure[] = [
  { metric: 'meanIou', title: 'mIoU', digits: 4, better: 'higher' },
  { metric: 'boundaryIou', title: 'boundary IoU', digits: 4, better: 'higher' },
];

const protocol: readonly string[] = [
  `Photos and class maps are cropped at the right and bottom to multiples of ${maskFactor}; pixels without a class (255) are filled from the nearest one that has one and left out of the figures. Every class of a picture is a probability (one-hot), reduced ×${maskFactor}, antialiased bicubic with a = −0.5.`,
  'Every class’s probability is refined on its own with the photo as guidance; a pixel gets the class that came out strongest.',
  'mIoU is the intersection over union, boundary IoU that of the pixels within 2 % of the picture’s diagonal of a class’s contour (Cheng et al., CVPR 2021): means over the classes of a picture, then over the pictures.',
  'This is the refinement alone, not the paper’s experiment: there (Table V, PASCAL VOC 2012 validation set) the filter is trained inside DeepLab-v2, 70.69 without and 73.76 with DAGF.',
  maskSettingsOrigin,
  'ms is the time of all classes of one picture from opened inputs to written files, the mean over pictures.',
];

/** Refinement of class maps (after DAGF, Sect. IV-D). */
export const segmentation: EvaluationFamily = {
  id: 'segmentation',
  title: `Class map refinement ×${maskFactor}`,
  summary: 'refinement of class probabilities reduced by 8 (after DAGF, Table V)',
  data: 'folder that holds JPEGImages/X.jpg and SegmentationClass/X.png, as PASCAL VOC does',
  options: [],
  rows: ['dagf', 'dagf-fast'],
  evaluate,
};

async function evaluate(request: EvaluationRequest, access: EngineAccess): Promise<EvaluationReport> {
  const compared = await compareMasks(segmentation, classMasks, request, access);
  const rows = rowsOf(compared.cells);
  return comparisonReport(segmentation, request, compared, {
    rows,
    layout: { table: () => 'Intersection over union', column: () => '', figures },
    protocol,
    findings: figures.flatMap((figure) => leadOf(rows, 'dagf', figure, variantsOf('dagf'))),
  });
}

interface ClassSubject extends KnownSubject {
  readonly labels: readonly number[];
}

/** How class maps are read, put together and measured. */
export const classMasks: MaskProtocol<ClassSubject> = {
  folders: { photos: 'JPEGImages', masks: 'SegmentationClass' },
  preset: 'classes',
  readMask: readLabels,
  subject(guidance, truth, small) {
    const filled = fillNearest(truth);
    const labels = classesOf(filled);
    const targets = labels.map((label) => reduceBicubic(probabilityOf(filled, label), small));
    const shownTarget = strongestClass(targets, labels);
    return { guidance, targets, truth, labels, shownTarget, colormap: 'labels' };
  },
  combine: (results, { labels }) => strongestClass(results, labels),
  measure: (result, { truth }) => ({
    meanIou: meanIou.measure({ result, reference: truth }),
    boundaryIou: boundaryIou.measure({ result, reference: truth }),
  }),
  error: (result, { truth }) => misclassified(result, truth),
};

/** 1 where the class is wrong. */
const misclassified = (result: Raster, truth: Raster): Raster =>
  createRaster({ ...truth, data: result.data.map((label, i) => (label === truth.data[i] ? 0 : 1)) });
