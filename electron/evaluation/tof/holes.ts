import { readImage } from '../../codecs/read';
import type { Raster } from '../../raster/raster';
import { markUnknown } from '../../raster/unknown';
import { type Case, compare, type Scene, type Subject } from '../comparison';
import { comparisonReport } from '../comparisonReport';
import { rowsOf } from '../comparisonRows';
import type { Figure } from '../comparisonTables';
import { chooseContenders } from '../contenders';
import type { EvaluationFamily, EvaluationRequest } from '../family';
import type { EngineAccess } from '../filterFiles';
import type { EvaluationReport } from '../report';
import { taskSettings } from '../taskSettings';
import type { KinectScene } from './kinectScenes';

const figures: readonly Figure[] = [
  { metric: 'measured', title: 'measured %', digits: 1, better: null },
  { metric: 'covered', title: 'covered %', digits: 1, better: 'higher' },
];

const protocol: readonly string[] = [
  'Targets are depth as a structured-light camera measured it, on the photo’s grid; 0 is no measurement. Nobody knows the truth: there is no error to report, only how much of the picture has a value before (measured) and after (covered), and the pictures.',
  'Holes are filled from the nearest measured pixel before filtering, as the preset for depth cameras does; the filters run at ×1, the classical ones at their defaults.',
  'ms is the time from opened inputs to a written file of one image, the mean over scenes.',
];

/** Completion of measured depth: coverage and pictures. */
export async function evaluateHoles(
  family: EvaluationFamily,
  scenes: readonly KinectScene[],
  request: EvaluationRequest,
  access: EngineAccess,
): Promise<EvaluationReport> {
  const compared = await compare(
    {
      scenes: scenes.map(sceneOf),
      cases: [{ id: 'x1', title: '×1', conditions: { factor: 1 } }],
      contenders: chooseContenders(request.filters, family.rows, request.wanted),
      settings: (contender) => taskSettings(contender, 'tof', {}),
      combine: ([result]) => result!,
      measure: (result, { targets }) => ({ measured: knownShare(targets[0]!), covered: knownShare(result) }),
      error: () => null,
    },
    request,
    access,
  );
  const rows = rowsOf(compared.cells);
  return comparisonReport({ ...family, title: 'Completion of measured depth' }, request, compared, {
    rows,
    layout: { table: () => 'Coverage', column: () => '', figures },
    protocol,
    findings: [],
  });
}

/** In percent. */
function knownShare({ unknown, width, height }: Raster): number {
  const holes = unknown?.reduce((sum, one) => sum + one, 0) ?? 0;
  return 100 * (1 - holes / (width * height));
}

const sceneOf = (scene: KinectScene): Scene<Case, Subject> => ({
  name: scene.scene,
  async open() {
    const guidance = (await readImage(scene.photo)).raster;
    const depth = markUnknown((await readImage(scene.depth)).raster, 'zero');
    return () => ({ guidance, targets: [depth], truth: null });
  },
});
