import type { Rect } from '../../contract/geometry';
import type { Step } from '../../contract/recipe';
import type { Filter, FilterResources } from '../../filters/filter';
import { blend } from '../../raster/blend';
import type { Raster } from '../../raster/raster';
import { completeParameters } from '../../recipe/parameters';
import { assemble } from './assemble';
import { onResultGrid, wholeOf } from './geometry';
import { overviewOf } from './overview';
import type { Pictures } from './pictures';
import { type Computing, contentOn, type Run } from './run';
import { applyFilter, inputStage, ownGuidance, type PieceSize, type Stage } from './stage';
import type { KeptTile, TileCache } from './tileCache';
import { around, gpuTiles, tileSide, tilesTouching, withHalo } from './tiling';
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

/** A stage whose tiles are kept. */
export interface TiledStage extends Stage {
  /** The tiles, in its own grid, that cover a region. */
  tiles(region: Rect): Rect[];
  /** Whether a tile has been computed and is still there. */
  has(tile: Rect, run: Computing): boolean;
  /** How many tiles, of this stage and of those before it, have to be computed for a region. */
  missing: CountMissing;
}

type CountMissing = (region: Rect, run: Computing) => number;

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
  let stage: Stage = inputStage(pictures);
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
      tiled = blended(pictures, parts.cache, before, tiled, step.opacity);
      stage = tiled;
    }
  }
  return tiled ?? keepTiles(pictures, parts.cache, `${stage.key}|enlarged`, 512, stage.read);
}

const nothingBefore: Pick<TiledStage, 'missing'> = { missing: () => 0 };

function pieceSizeOf(parts: ChainParts, key: string, side: number): PieceSize {
  const known = parts.pieceSizes.get(key) ?? { side };
  parts.pieceSizes.set(key, known);
  return known;
}

function blended(
  pictures: Pictures,
  cache: TileCache,
  before: Stage,
  after: TiledStage,
  opacity: number,
): TiledStage {
  const read: Stage['read'] = async (region, run) =>
    blend(await after.read(region, run), await before.read(region, run), opacity);
  return keepTiles(pictures, cache, `${after.key}|opacity ${opacity}`, 512, read, after.missing);
}

async function computed(compute: Stage['read'], tile: Rect, run: Run): Promise<KeptTile> {
  const before = run.models.length;
  const raster = await compute(tile, run);
  return { raster, models: [...new Set(run.models.slice(before))] };
}

/**
 * A stage whose tiles, of this side, are computed once and kept.
 * @param missingBefore tiles that computing a region here needs first
 */
export function keepTiles(
  { size, target }: Pictures,
  cache: TileCache,
  key: string,
  side: number,
  compute: Stage['read'],
  missingBefore: CountMissing = nothingBefore.missing,
): TiledStage {
  const whole = wholeOf(size);
  const tiles = (region: Rect) => tilesTouching(region, side, whole);
  const read: Stage['read'] = async (region, run) => {
    const content = contentOn(run, key);
    const pieces: [Rect, Raster][] = [];
    for (const tile of tiles(region)) {
      const known = cache.get(content, tile);
      if (known) run.models.push(...known.models);
      const kept = known ?? (await computed(compute, tile, run));
      if (!known) {
        cache.set(content, tile, kept);
        run.meter?.tileDone();
      }
      pieces.push([tile, kept.raster]);
    }
    return assemble(region, pieces);
  };
  return {
    key,
    read,
    view: async (region, run) => ({
      raster: await read(region, run),
      offset: { x: region.x, y: region.y },
      ...onResultGrid,
      whole: size,
      valueRange: target.valueRange,
    }),
    tiles,
    has: (tile, run) => cache.has(contentOn(run, key), tile),
    missing(region, run) {
      const missing = tiles(region).filter((tile) => !cache.has(contentOn(run, key), tile));
      return missing.length === 0 ? 0 : missing.length + missingBefore(around(missing), run);
    },
  };
}
