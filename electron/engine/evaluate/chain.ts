import type { Step } from '../../contract/recipe';
import type { Filter, FilterResources } from '../../filters/filter';
import { completeParameters } from '../../recipe/parameters';
import { blended, keptEnlargement } from './blended';
import { onResultGrid, wholeOf } from './geometry';
import { type CountMissing, keepTiles, type TiledStage } from './keptTiles';
import { overviewOf } from './overview';
import { isEnlarged, type Pictures } from './pictures';
import { applyFilter, inputStage, ownGuidance, type PieceSize, type Stage } from './stage';
import type { TileCache } from './tileCache';
import { gpuTiles, tileSide, withHalo } from './tiling';
import { checkWholePicture } from './wholePicture';

export interface ChainParts {
  readonly filterById: (id: string) => Filter;
  readonly resources: FilterResources;
  readonly cache: TileCache;
  /** Working memory of one tile, bytes. */
  readonly tileBytes: number;
  /** Whether networks run on a GPU now. */
  readonly onGpu: boolean;
  /** By stage, so that a tile size that did not fit into memory is remembered. */
  readonly pieceSizes: Map<string, PieceSize>;
}

/** Changes a step's parameters before it is used: a preview on a reduced grid shortens lengths. */
export type Adapt = (filter: Filter, step: Step) => Step['parameters'];

/**
 * The enabled steps, one after the other, each as often as it says and blended with what came in by its opacity.
 * No step at all gives the target enlarged bicubically.
 */
export function chainOf(
  pictures: Pictures,
  steps: readonly Step[],
  parts: ChainParts,
  adapt: Adapt = (_, step) => step.parameters,
): TiledStage {
  const input = inputStage(pictures);
  let stage: Stage = input;
  let known = { factor: pictures.factor, noise: pictures.target.noise };
  let tiled: TiledStage | null = null;
  for (const step of steps) {
    if (!step.enabled) continue;
    const before = stage;
    const filter = parts.filterById(step.filter);
    const parameters = completeParameters(filter.description, adapt(filter, step));
    for (let iteration = 0; iteration < step.iterations; iteration += 1) {
      const needs = filter.tileNeeds(parameters, { ...known, ...parts.resources });
      const guidance = step.guidance === 'input' ? ownGuidance(stage) : pictures.guidance;
      const key = `${stage.key}|${guidance?.key ?? ''}|${filter.description.id}${JSON.stringify(parameters)}`;
      const processorSide = tileSide(needs, parts.tileBytes, pictures.size);
      const overview = needs.overview
        ? overviewOf(stage, needs.overview.shortSide, pictures, parts.cache)
        : null;
      const side = needs.network && parts.onGpu ? gpuTiles * processorSide : processorSide;
      const applied = {
        filter,
        parameters,
        needs,
        pieceSize: pieceSizeOf(parts, `${filter.description.id}/${side}`, side),
        processorSide,
        input: stage,
        guidance,
        overview,
        whole: pictures.size,
      };
      const compute: Stage['read'] = (region, run) => {
        checkWholePicture(applied, pictures, parts);
        return applyFilter(applied, region, run);
      };
      const { missing } = tiled ?? nothingBefore;
      const missingBefore: CountMissing = (region, run) =>
        missing(
          overview && !overview.isKnown(run)
            ? wholeOf(pictures.size)
            : withHalo(region, needs, pictures.size),
          run,
        );
      tiled = keepTiles(pictures, parts.cache, key, side, compute, missingBefore);
      stage = tiled;
      known = onResultGrid;
    }
    if (step.opacity < 1 && tiled) {
      const enlargement =
        before === input && isEnlarged(pictures) ? keptEnlargement(pictures, parts.cache, input) : null;
      tiled = blended(pictures, enlargement ?? before, tiled, step.opacity, enlargement?.missing);
      stage = tiled;
    }
  }
  return tiled ?? keptEnlargement(pictures, parts.cache, stage);
}

const nothingBefore: Pick<TiledStage, 'missing'> = { missing: () => 0 };

function pieceSizeOf(parts: ChainParts, key: string, side: number): PieceSize {
  const known = parts.pieceSizes.get(key) ?? { side };
  parts.pieceSizes.set(key, known);
  return known;
}
