import path from 'node:path';
import { readImage } from '../../codecs/read';
import { type Case, compare, type RunSettings, type Scene, type Subject } from '../comparison';
import { comparisonReport } from '../comparisonReport';
import { rowsOf } from '../comparisonRows';
import { type Figure, settingsLines } from '../comparisonTables';
import type { Contender } from '../contenders';
import { listFolder, nothingToMeasure } from '../dataFolder';
import type { EvaluationFamily, EvaluationRequest } from '../family';
import type { EngineAccess } from '../filterFiles';
import type { EvaluationReport, ReportRow } from '../report';
import { sameSizeContenders, unfiltered } from '../sameSizeContenders';
import { shownLevels } from '../shownLevels';
import { taskSettings } from '../taskSettings';
import { edgeStrength } from './edgeStrength';
import { type Marks, markedPictures, marksOf } from './marks';
import { aims, separationFindings } from './separationFindings';
import { textureEnergy } from './textureEnergy';
import { textureSettings } from './textureSettings';

interface TextureCase extends Case {
  readonly iterations: number;
}

const mostIterations = 4;

const figures: readonly Figure[] = [
  { metric: 'texture', title: 'texture left %', digits: 1, better: 'lower' },
  { metric: 'edges', title: 'edges kept %', digits: 1, better: 'higher' },
];

const protocol: readonly string[] = [
  `The picture guides itself: every iteration is guided by the result of the one before, ${mostIterations} times. rolling-guidance and ` +
    'relative-total-variation iterate inside and are set to as many iterations instead.',
  'Texture left: energy in the parts that were marked as flat, of the result in per cent of the picture’s own. The energy is the mean square of what ' +
    'is left when the plane that fits a part best is taken away, over all channels.',
  'Edges kept: strength of the marked main edges, of the result in per cent of the picture’s own. The strength of a straight piece is the ' +
    'distance in colour between the means of the bands from 1 to 4 pixels on its two sides; the mean over the pieces, weighted by length.',
  'Rectangles and lines were drawn by looking at the pictures before there were results: electron/evaluation/texture/marks.json. ' +
    `The aims are ${aims.texture} % or less of the texture and ${aims.edges} % or more of the edges.`,
  'dagf is run as the preset texture runs it. ms is the time an iteration adds to those before it, which are kept; of rolling-guidance and ' +
    'relative-total-variation it is the time of all iterations.',
];

/** Structure-texture separation, the picture guiding itself (DAGF, Sect. IV-C). */
export const texture: EvaluationFamily = {
  id: 'texture',
  title: 'Texture removal',
  summary: 'texture left and main edges kept, the picture guiding itself (DAGF, Sect. IV-C)',
  data: `folder of the pictures ${markedPictures.join(' and ')}`,
  options: [],
  rows: ['rolling-guidance', 'relative-total-variation', 'dagf'],
  evaluate,
};

async function evaluate(request: EvaluationRequest, access: EngineAccess): Promise<EvaluationReport> {
  const compared = await compare(
    {
      scenes: (await findPictures(request.folder)).map(sceneOf),
      cases: Array.from({ length: mostIterations }, (_, index) => caseOf(index + 1)),
      contenders: sameSizeContenders(request, texture.rows),
      settings,
      combine: ([result]) => shownLevels(result!),
      measure: (result, { marks, targets: [picture] }) => ({
        texture: (100 * textureEnergy(result, marks.flat)) / textureEnergy(picture!, marks.flat),
        edges: (100 * edgeStrength(result, marks.edges)) / edgeStrength(picture!, marks.edges),
      }),
      error: () => null,
    },
    request,
    access,
  );
  const rows = rowsOf(compared.cells).flatMap(byScene);
  const report = comparisonReport(texture, request, compared, {
    rows,
    layout: { table: ({ conditions }) => `${conditions.picture}`, column: (row) => row.case, figures },
    protocol,
    findings: separationFindings(rows, 'dagf'),
  });
  // The other iterations differ in nothing but their number.
  const last = rows.filter(({ conditions }) => conditions.iterations === mostIterations);
  return { ...report, settings: settingsLines(last) };
}

const caseOf = (iterations: number): TextureCase => ({
  id: `iteration-${iterations}`,
  title: `after ${iterations}`,
  conditions: { iterations },
  iterations,
});

/** Filters that iterate inside are told how often; the others are applied that often, but for the one that does nothing. */
function settings(contender: Contender, { iterations }: TextureCase): RunSettings | null {
  const { parameters } = taskSettings(contender, texture.id, textureSettings);
  if (contender.id === unfiltered) return { parameters, iterations: 1 };
  if ('iterations' in parameters) return { parameters: { ...parameters, iterations }, iterations: 1 };
  return { parameters, iterations, guidance: 'input' };
}

/** Pictures differ too much for a mean over them: a row of its own for each. */
const byScene = (row: ReportRow): ReportRow[] =>
  row.scenes.map((score) => ({
    ...row,
    conditions: { picture: score.scene, ...row.conditions },
    metrics: score.metrics,
    milliseconds: score.milliseconds,
    scenes: [score],
  }));

async function findPictures(folder: string): Promise<string[]> {
  const files = (await listFolder(folder)).filter((file) => markedPictures.includes(path.parse(file).name));
  if (files.length > 0) return files.toSorted().map((file) => path.join(folder, file));
  throw nothingToMeasure(folder, 'picture with marks', `It should hold ${markedPictures.join(' or ')}.`);
}

type MarkedSubject = Subject & { readonly marks: Marks };

const sceneOf = (file: string): Scene<TextureCase, MarkedSubject> => ({
  name: path.parse(file).name,
  async open() {
    const { raster } = await readImage(file);
    const marks = marksOf(path.parse(file).name);
    return () => ({ guidance: raster, targets: [raster], truth: null, marks });
  },
});
