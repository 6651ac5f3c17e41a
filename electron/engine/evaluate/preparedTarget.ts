import type { Rect, Size } from '../../contract/geometry';
import { checkpoint } from '../../filters/checkpoint';
import type { TargetPreparation, TargetView } from '../../filters/filter';
import { cropRaster } from '../../raster/crop';
import { regionByMeans } from '../../raster/regionMeans';
import { onResultGrid, wholeOf } from './geometry';
import { type AppliedFilter, type FilterWork, keptFilter } from './keptFilter';
import { overviewOf, type SeenPicture } from './overview';
import type { GuidancePicture, Pictures } from './pictures';
import type { Computing, Run } from './run';
import { inputStage, targetViewOf } from './stage';

/** All of the target as a filter has it prepared. */
export interface PreparedTarget {
  read(run: Run): Promise<TargetView>;
  /** How many of its tiles have to be computed. */
  missing(run: Computing): number;
}

/**
 * The target prepared for a filter, on a small grid of its own: in tiles that are kept like all others, so that the tiles of
 * the result share them, and results of other settings that are prepared alike.
 * @param of the filter, and the guidance that it has on the result's grid
 */
export function preparedTarget(
  preparation: TargetPreparation,
  { filter, parameters, guidance }: Pick<AppliedFilter, 'filter' | 'parameters' | 'guidance'>,
  pictures: Pictures,
  work: FilterWork,
): PreparedTarget {
  const suited = preparation.suited(targetViewOf(pictures));
  const small: Pictures = {
    size: suited.whole,
    factor: onResultGrid.factor,
    target: { ...pictures.target, raster: suited.raster },
    guidance: guidance && guidanceFor(preparation, guidance, suited, pictures, work),
  };
  const applied: AppliedFilter = {
    filter: { description: filter.description, apply: preparation.apply },
    parameters,
    needs: preparation.needs,
    input: inputStage(small),
    guidance: small.guidance,
    overview: null,
    prepared: null,
  };
  const key = `${small.target.key}|${small.guidance?.key ?? ''}|prepared ${filter.description.id} ${preparation.key}`;
  const stage = keptFilter(applied, key, small, work);
  const whole = wholeOf(small.size);
  return {
    read: async (run) => ({ ...suited, raster: await stage.read(whole, run) }),
    missing: (run) => stage.missing(whole, run),
  };
}

/** The guidance on the small grid, or so much finer than that as the preparation wants it, by means over areas. */
function guidanceFor(
  { detail }: TargetPreparation,
  guidance: GuidancePicture,
  { whole }: TargetView,
  pictures: Pictures,
  work: FilterWork,
): GuidancePicture {
  // What guides itself is another picture for every target; the document's guidance is the same for all labels of a class map.
  const key = guidance === pictures.guidance ? guidance.key : `${pictures.target.key}|${guidance.key}`;
  const named = { ...guidance, key };
  return detail === 1
    ? reducedGuidance(named, whole, pictures, work)
    : finerGuidance(named, whole, detail, pictures);
}

function reducedGuidance(
  guidance: GuidancePicture,
  whole: Size,
  pictures: Pictures,
  { cache }: FilterWork,
): GuidancePicture {
  const { key } = guidance;
  const seen: SeenPicture = {
    key,
    covering: async (region, run) => ({ raster: await guidance.read(region, run), offset: region }),
  };
  const overview = overviewOf(seen, { size: whole, texture: false }, pictures, cache);
  return { key, read: async (region, run) => cropRaster((await overview.read(run)).picture, region) };
}

/**
 * The guidance `detail` times as fine as the small grid, read by regions of that. It is reduced anew for every tile: all of it may be as
 * large as the guidance itself, and larger than what is kept may be.
 */
function finerGuidance(
  guidance: GuidancePicture,
  whole: Size,
  detail: number,
  { size }: Pictures,
): GuidancePicture {
  const fine = { width: detail * whole.width, height: detail * whole.height };
  const isOwnGrid = fine.width === size.width && fine.height === size.height;
  return {
    key: guidance.key,
    async read(region, run) {
      const part: Rect = {
        x: detail * region.x,
        y: detail * region.y,
        width: detail * region.width,
        height: detail * region.height,
      };
      if (isOwnGrid) return guidance.read(part, run);
      return regionByMeans(size, fine, part, async (covered) => {
        await checkpoint(run.runtime.signal);
        return guidance.read(covered, run);
      });
    },
  };
}
