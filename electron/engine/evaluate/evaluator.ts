import type { Rect, Size } from '../../contract/geometry';
import type { Filter, FilterResources } from '../../filters/filter';
import { createRaster, type Raster } from '../../raster/raster';
import type { SampleMemory } from '../../raster/sampleMemory';
import { upsampleUnknown } from '../../raster/upsample';
import { type RasterStore, reduceValues } from '../store';
import { Assembly } from './assemble';
import { type ChainParts, chainOf } from './chain';
import { classStage } from './classes';
import { type CheckedDocument, leastFactorOf, secondsFor } from './document';
import { wholeOf } from './geometry';
import type { TiledStage } from './keptTiles';
import type { Pictures } from './pictures';
import { resultLike } from './resultLike';
import type { Run } from './run';
import { picturesOf, shortenedLengths } from './scene';
import type { PieceSize } from './stage';
import { TileCache } from './tileCache';

/** A region of a result, and whether an export would write the same. */
export interface Evaluated {
  readonly raster: Raster;
  readonly approximate: boolean;
}

/** Results of up to so many pixels and seconds of work are computed whole and reduced exactly when they are shown smaller. */
const exactPixels = 1_048_576;
const exactSeconds = 3;

/** A result in the making. */
export interface WholeResult {
  readonly tiles: readonly Rect[];
  /** Tells the run's meter what there is to compute. */
  expect(run: Run): void;
  compute(tile: Rect, run: Run): Promise<void>;
  /** Once every tile has been computed. */
  finish(): Raster;
}

export interface EvaluatorSettings extends FilterResources {
  readonly filterById: (id: string) => Filter;
  readonly store: RasterStore;
  readonly tileBytes: number;
  /** Whether networks run on a GPU now; not, when left out. */
  readonly onGpu?: () => boolean;
  readonly cacheBytes: number;
}

/** Evaluates documents: any region, at any reduction, through one cache of computed tiles. */
export class Evaluator {
  readonly cache: TileCache;
  private readonly pieceSizes = new Map<string, PieceSize>();

  constructor(private readonly settings: EvaluatorSettings) {
    this.cache = new TileCache(settings.cacheBytes);
  }

  /**
   * The result over `region` of its grid reduced by 2^level: the mean of what export would write when that is cheap or
   * already there, else computed on pictures reduced beforehand.
   * @param memory for a result that is looked at before it is used again
   */
  async evaluate(
    document: CheckedDocument,
    region: Rect,
    level: number,
    run: Run,
    memory?: SampleMemory,
  ): Promise<Evaluated> {
    const full = this.stageOf(document, 0);
    if (level === 0) return { raster: await read(full, region, run, memory), approximate: false };
    const covered = enlarged(region, level, document.size);
    if (this.isCheap(document) || (full.stage.isKept && isComputed(full.stage, covered, run))) {
      const { values } = resultLike(document, this.settings.filterById, this.settings);
      return {
        raster: reduceValues(await read(full, covered, run, memory), level, values),
        approximate: false,
      };
    }
    return { raster: await read(this.stageOf(document, level), region, run, memory), approximate: true };
  }

  /** The whole result at full size, to be computed tile by tile. */
  whole(document: CheckedDocument): WholeResult {
    const full = this.stageOf(document, 0);
    const region = wholeOf(document.size);
    // What a tile is like says what the whole is like: filters may give other channels than the target has.
    let assembly: Assembly | null = null;
    return {
      tiles: full.stage.tiles(region),
      expect: (run) => run.meter?.expect(full.stage.missing(region, run)),
      async compute(tile, run) {
        const raster = await full.stage.read(tile, run);
        assembly ??= new Assembly(region, raster);
        assembly.put(tile, raster);
      },
      finish() {
        if (!assembly) throw new RangeError('No tile was computed.');
        return withUnknown(assembly.finish(), full, region);
      },
    };
  }

  /** The result at one pixel if its tile has been computed at full size; else null. */
  async peek(document: CheckedDocument, x: number, y: number, run: Run): Promise<Raster | null> {
    const full = this.stageOf(document, 0);
    const pixel = { x, y, width: 1, height: 1 };
    return isComputed(full.stage, pixel, run) ? read(full, pixel, run) : null;
  }

  private isCheap(document: CheckedDocument): boolean {
    const { width, height } = document.size;
    return width * height <= exactPixels && secondsFor(document, this.settings.filterById) <= exactSeconds;
  }

  private stageOf(document: CheckedDocument, level: number): Staged {
    const { filterById, store, tileBytes, onGpu } = this.settings;
    const { steps, targetValues } = document.processing;
    const leastFactor = leastFactorOf(document, filterById, this.settings);
    const pictures = picturesOf(document, level, leastFactor, store);
    const parts: ChainParts = {
      filterById,
      resources: this.settings,
      tileBytes,
      onGpu: onGpu?.() ?? false,
      cache: this.cache,
      pieceSizes: this.pieceSizes,
      // The labels of a class map are pictures of their own.
      unreduced: level > 0 && targetValues !== 'classes' ? picturesOf(document, 0, leastFactor, store) : null,
    };
    const adapt = level === 0 ? undefined : shortenedLengths(level);
    const chain = (of: Pictures) => chainOf(of, steps, parts, adapt);
    const stage = targetValues === 'classes' ? classStage(pictures, chain, this.cache) : chain(pictures);
    return { pictures, stage, keepUnknown: document.processing.unknown === 'keep' };
  }
}

interface Staged {
  readonly pictures: Pictures;
  readonly stage: TiledStage;
  readonly keepUnknown: boolean;
}

async function read(staged: Staged, region: Rect, run: Run, memory?: SampleMemory): Promise<Raster> {
  run.meter?.expect(staged.stage.missing(region, run));
  return withUnknown(await staged.stage.read(region, run, memory), staged, region);
}

const isComputed = (stage: TiledStage, region: Rect, run: Run): boolean =>
  stage.tiles(region).every((tile) => stage.has(tile, run));

/** Pixels the target does not know stay unknown when the recipe keeps them. */
function withUnknown(raster: Raster, { pictures, keepUnknown }: Staged, region: Rect): Raster {
  if (!keepUnknown) return raster;
  const { raster: target } = pictures.target;
  const view = { raster: target, offset: { x: 0, y: 0 }, factor: pictures.factor, whole: target };
  return createRaster({ ...raster, unknown: upsampleUnknown(view, region) });
}

/** The full-size pixels behind a region of the grid reduced by 2^level. */
function enlarged(region: Rect, level: number, whole: Size): Rect {
  const scale = 2 ** level;
  const x = region.x * scale;
  const y = region.y * scale;
  return {
    x,
    y,
    width: Math.min(region.width * scale, whole.width - x),
    height: Math.min(region.height * scale, whole.height - y),
  };
}
