import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeImage } from '../../codecs/write';
import type { Colormap } from '../../contract/display';
import type { Range, Rect } from '../../contract/geometry';
import { cropRaster } from '../../raster/crop';
import { knownRange } from '../../raster/range';
import type { Raster } from '../../raster/raster';
import { reduceBox } from '../../raster/reduceBox';
import type { Case, ShownResult, Subject } from '../comparison';
import { exportSettings } from '../exportSettings';
import type { PictureRecord, WorstPlace } from '../report';
import { errorScaleOf } from './errorScale';
import { composeSheet, enlargeNearest, onGrid, panelOf } from './panels';
import { worstPlace } from './worstPlace';

/** Side of the crops in pixels of the result, and how much they are enlarged. */
const cropSide = 48;
const cropFactor = 4;
/** Panels of a sheet are halved until they are no wider. */
const widestPanel = 500;

/** Both are perceptually uniform (van der Walt & Smith 2015). */
const mapColours: Colormap = 'viridis';
const errorColours: Colormap = 'magma';

/**
 * Writes the pictures of an evaluation: `SCENE/CASE.ROW.png` (result), `.error.png`, `.crop-1.png`, `.crop-2.png`, and
 * `CASE.sheet.png` with everything side by side. Files of the same name are replaced.
 */
export class PictureFolder {
  readonly records: PictureRecord[] = [];

  constructor(private readonly folder: string) {}

  /** @throws SidelightError file-not-writable, disk-full */
  async save(scene: string, one: Case, subject: Subject, results: readonly ShownResult[]): Promise<void> {
    const folder = path.join(this.folder, scene);
    await mkdir(folder, { recursive: true });
    const scale = errorScaleOf(results.flatMap(({ error }) => error ?? []));
    const crops = worstPlaces(results);
    const show = shower(subject, results);
    const columns = [
      {
        name: 'guidance',
        picture: panelOf(subject.guidance, subject.guidance.fullScale, 'grey'),
        error: null,
      },
      {
        name: 'target',
        picture: show(onGrid(subject.shownTarget ?? subject.targets[0]!, subject.guidance)),
        error: null,
      },
      ...results.map(({ row, result, error }) => ({
        name: row,
        picture: show(result),
        error: error && panelOf(error, { min: 0, max: scale ?? 0 }, errorColours),
      })),
      ...(subject.truth ? [{ name: 'truth', picture: show(subject.truth), error: null }] : []),
    ];
    const save = (name: string, panel: Raster) =>
      writeImage(path.join(folder, `${one.id}.${name}.png`), panel, exportSettings('png', 'u8'), []);
    for (const { name, picture, error } of columns) {
      await save(name, picture);
      if (error) await save(`${name}.error`, error);
      for (const [index, crop] of crops.entries())
        await save(`${name}.crop-${index + 1}`, enlarged(picture, crop.region));
    }
    const level = Math.max(0, Math.ceil(Math.log2(subject.guidance.width / widestPanel)));
    const sheet = composeSheet([
      columns.map(({ picture }) => reduceBox(picture, level)),
      ...(scale === null ? [] : [columns.map(({ error }) => error && reduceBox(error, level))]),
      ...crops.map(({ region }) => columns.map(({ picture }) => enlarged(picture, region))),
    ]);
    await save('sheet', sheet);
    this.records.push({
      scene,
      case: one.title,
      sheet: `${scene}/${one.id}.sheet.png`,
      columns: columns.map(({ name }) => name),
      errorScale: scale,
      crops,
    });
  }
}

/** The row whose own worst place is shown too; where it is not measured, the last one's. */
const examined = 'dagf';

/** The worst place of all rows, and that of one row unless the two are mostly the same. */
function worstPlaces(results: readonly ShownResult[]): WorstPlace[] {
  const own = results.filter(({ row }) => row === examined);
  const all = worstPlace(results, cropSide);
  const one = worstPlace(own.length > 0 ? own : results.slice(-1), cropSide);
  if (!all || !one) return [];
  return mostlySame(all.region, one.region) ? [all] : [all, one];
}

function mostlySame(a: Rect, b: Rect): boolean {
  const width = Math.max(0, Math.min(a.x, b.x) + a.width - Math.max(a.x, b.x));
  const height = Math.max(0, Math.min(a.y, b.y) + a.height - Math.max(a.y, b.y));
  return 2 * width * height > a.width * a.height;
}

/** All of them over one range: the truth's, or, where nobody knows it, the target's. */
function shower(
  { truth, targets, colormap }: Subject,
  results: readonly ShownResult[],
): (raster: Raster) => Raster {
  const shown = truth ?? results[0]?.result ?? targets[0]!;
  const range: Range = shown.channels === 3 ? shown.fullScale : (knownRange(shown) ?? { min: 0, max: 1 });
  return (raster) => panelOf(raster, range, colormap ?? mapColours);
}

const enlarged = (picture: Raster, region: Rect) => enlargeNearest(cropRaster(picture, region), cropFactor);
