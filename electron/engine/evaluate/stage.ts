import { SidelightError } from '../../contract/errors';
import type { ParameterValues } from '../../contract/filters';
import type { Rect, Size } from '../../contract/geometry';
import { checkpoint } from '../../filters/checkpoint';
import type { Filter, TargetView, TileNeeds } from '../../filters/filter';
import { cropRaster } from '../../raster/crop';
import type { PlacedRaster } from '../../raster/placed';
import type { Raster } from '../../raster/raster';
import type { SampleMemory } from '../../raster/sampleMemory';
import { coverBicubic, upsampleBicubic } from '../../raster/upsample';
import { assemble } from './assemble';
import type { Overview } from './overview';
import { asGuidance, type GuidancePicture, type Pictures } from './pictures';
import type { PreparedTarget } from './preparedTarget';
import type { Run } from './run';
import { halvedSide, tilesTouching, withHalo } from './tiling';

/** Something that has values on the result's grid, by region. */
export interface Stage {
  /** Names everything its values depend on, the device aside. */
  readonly key: string;
  /** What a filter that comes next sees of it. */
  view(region: Rect, run: Run): Promise<TargetView>;
  /**
   * Its values over exactly `region`.
   * @param memory for those that are made for this reading alone: they last until it is used again
   */
  read(region: Rect, run: Run, memory?: SampleMemory): Promise<Raster>;
  /** Its values over `region` at least: not copied where they lie together in memory. */
  covering(region: Rect, run: Run): Promise<PlacedRaster>;
}

/** All of the target, on its own grid. */
export function targetViewOf({ target, factor }: Pictures): TargetView {
  const { raster, valueRange, noise } = target;
  const whole = { width: raster.width, height: raster.height };
  return { raster, offset: { x: 0, y: 0 }, factor, whole, valueRange, noise };
}

/** The target as it comes in: on its own grid for a filter, enlarged bicubically for everyone else. */
export function inputStage(pictures: Pictures): Stage {
  const { key } = pictures.target;
  const view = targetViewOf(pictures);
  return {
    key,
    view: async () => view,
    read: async (region) => upsampleBicubic(view, region),
    covering: async (region) => coverBicubic(view, region),
  };
}

/** A picture that guides itself: what comes in, as guidance. */
export const ownGuidance = (input: Stage): GuidancePicture => ({
  key: 'itself',
  read: async (region, run) => asGuidance(await input.read(region, run)),
});

/** Side of the pieces a filter is applied in; halved when they turn out not to fit into memory. */
export interface PieceSize {
  side: number;
}

export interface FilterStageParts {
  readonly filter: Pick<Filter, 'apply'>;
  readonly parameters: ParameterValues;
  readonly needs: TileNeeds;
  /** Shared by all stages of this filter, so that a size that failed is not tried again. */
  readonly pieceSize: PieceSize;
  /** Largest side of a piece on the processor, where a tile meant for a GPU may end up. */
  readonly processorSide: number;
  readonly input: Stage;
  readonly guidance: GuidancePicture | null;
  readonly overview: Overview | null;
  readonly prepared: PreparedTarget | null;
  readonly whole: Size;
}

/** One application of a filter to one region, in pieces with halo. */
export async function applyFilter(parts: FilterStageParts, region: Rect, run: Run): Promise<Raster> {
  const { needs, pieceSize, processorSide } = parts;
  for (;;) {
    const device = needs.network ? run.deviceOf(needs.network) : run.device;
    const side = device === 'cpu' ? Math.min(pieceSize.side, processorSide) : pieceSize.side;
    try {
      const pieces: [Rect, Raster][] = [];
      for (const piece of tilesTouching(region, side, region)) {
        await checkpoint(run.runtime.signal);
        pieces.push([piece, await applyToPiece(parts, piece, run)]);
      }
      return assemble(region, pieces);
    } catch (thrown) {
      const smaller = isMemoryFailure(thrown) ? halvedSide(side, needs) : null;
      if (smaller === null) throw isMemoryFailure(thrown) ? memoryExhausted(thrown) : thrown;
      pieceSize.side = Math.min(pieceSize.side, smaller);
    }
  }
}

async function applyToPiece(parts: FilterStageParts, piece: Rect, run: Run): Promise<Raster> {
  const { filter, parameters, needs, input, guidance, overview, prepared, whole } = parts;
  const region = withHalo(piece, needs, whole);
  const target = await input.view(region, run);
  const small = await overview?.read(run);
  const filtered = await filter.apply(
    {
      region,
      target,
      guidance: (await guidance?.read(region, run)) ?? null,
      overview: small?.picture ?? null,
      overviewTexture: small?.texture ?? null,
      prepared: (await prepared?.read(run)) ?? null,
      whole,
    },
    parameters,
    run.runtime,
  );
  return cropRaster(filtered, { ...piece, x: piece.x - region.x, y: piece.y - region.y });
}

/** Ours, or JavaScript's own "Array buffer allocation failed", which is a RangeError by specification. */
function isMemoryFailure(thrown: unknown): boolean {
  if (thrown instanceof SidelightError) return thrown.code === 'memory-exhausted';
  return thrown instanceof RangeError && thrown.message.includes('allocation');
}

const memoryExhausted = (cause: unknown) =>
  new SidelightError(
    'memory-exhausted',
    'There is not enough memory, even for the smallest part that can be filtered at once.',
    'Close other programs, or use a smaller picture or a faster quality.',
    undefined,
    cause,
  );
