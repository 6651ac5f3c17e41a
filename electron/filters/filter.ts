import type { FilterDescription, ParameterValues } from '../contract/filters';
import type { Range, Rect, Size } from '../contract/geometry';
import type { OwnNetwork } from '../contract/ownNetworks';
import type { TargetValues } from '../contract/recipe';
import type { Raster } from '../raster/raster';
import type { NetworkModel } from './networkModel';
import type { Style } from './style/style';

/**
 * What a filter sees of its target: a raster on its own grid, and where that grid lies under the result's. A target
 * coarser than the result is given whole; one on the result's grid only as far as the region reaches.
 * Result pixel centre x maps to target column `(x + 0.5) / factor.x - 0.5 - offset.x` of `raster` (y alike):
 * grids are centred on each other, `offset` is where `raster` begins in the whole target.
 */
export interface TargetView {
  readonly raster: Raster;
  readonly offset: { readonly x: number; readonly y: number };
  /** Result pixels per target pixel, at least 1. */
  readonly factor: { readonly x: number; readonly y: number };
  /** Size of the whole target, of which `raster` is a part: samples beyond it are replicated from its edge. */
  readonly whole: Size;
  /** Extent of the known values of the whole target, in its unit: the same for every tile. */
  readonly valueRange: Range;
  /**
   * Estimated standard deviation of the whole target's noise, as a share of the extent of its values; 0 after other steps,
   * where nobody knows.
   */
  readonly noise: number;
}

export interface FilterInput {
  /** The part of the result to compute, in result pixels. `apply` returns exactly this much. */
  readonly region: Rect;
  readonly target: TargetView;
  /**
   * Guidance of exactly `region`'s size (in a preparation, `detail` times that), values scaled to 0…1; null only when the filter allows it.
   */
  readonly guidance: Raster | null;
  /**
   * All of what comes in, reduced as `TileNeeds.overview` asks; null when it does not. In the target's unit. Where the target is a copy
   * made for a network (`dgf/draft.ts`), a larger copy of the same picture, or null.
   */
  readonly overview: Raster | null;
  /**
   * How what comes in varies within every pixel of the overview (see `TextureReduction`), in the target's unit; null where
   * `TileNeeds.overview` does not ask for it.
   */
  readonly overviewTexture: Raster | null;
  /** All of the target after the filter's `preparation`; null when it asks for none. */
  readonly prepared: TargetView | null;
  /** Size of the whole result. */
  readonly whole: Size;
}

/** What computes one output of a model, by their ids in the manifest. */
export interface NetworkGraph {
  readonly model: string;
  readonly output: string;
}

/** Runs one network on one tile. Implemented by the engine, on whichever device is in use. */
export interface NetworkRunner {
  /** Models there are for a network, from the manifest. */
  models(network: NetworkModel['network']): readonly NetworkModel[];
  /**
   * @param inputs planar float32 tensors [1, channels, height, width] by input name
   * @returns the named output and its shape, in memory that nobody else has: the caller may write into it
   */
  run(
    modelId: string,
    outputId: string,
    inputs: Readonly<Record<string, NetworkTensor>>,
  ): Promise<NetworkTensor>;
}

export interface NetworkTensor {
  readonly data: Float32Array;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** Networks that the user brought, by the fingerprint of their files. */
export interface OwnNetworks {
  /** @throws SidelightError own-model-missing */
  find(fingerprint: string): OwnNetwork;
  /**
   * @param picture planes of the channels and of a size that the network takes
   * @returns planes, as many and as large as the network's description says; all finite
   * @throws SidelightError own-model-missing, own-model-failed
   */
  run(fingerprint: string, picture: NetworkTensor): Promise<NetworkTensor>;
}

/** What photographs that the user brought are known by, found by the fingerprint of their files. */
export interface PhotographStyles {
  /** @throws SidelightError own-photograph-missing */
  find(fingerprint: string): Style;
}

export interface FilterRuntime {
  readonly networks: NetworkRunner;
  /** None when left out. */
  readonly own?: OwnNetworks;
  /** None when left out. */
  readonly photographs?: PhotographStyles;
  readonly signal: AbortSignal;
  /** Filters that take long over one region say how far they are, 0…1. */
  progress?(share: number): void;
}

/** What tiling needs to know about a filter at given settings. */
export interface TileNeeds {
  /**
   * `whole` for filters whose every pixel depends on every other: they are applied once to the whole picture, whose size
   * is bounded by the working memory. Left out, a filter works in tiles.
   */
  readonly extent?: 'tile' | 'whole';
  /**
   * The filter wants to see all of what comes in as well, its short side reduced to so many pixels by means over areas, and
   * the texture inside those pixels where it says so.
   */
  readonly overview?: { readonly shortSide: number; readonly texture?: boolean };
  /** How far, in result pixels, a pixel's result depends on its surroundings: the halo; 0 on the whole picture. */
  readonly reach: number;
  /** Tile origins, halo included, fall on multiples of this, so that tiles and the whole agree. */
  readonly multiple: number;
  /** Bytes of working memory per result pixel of a tile, for choosing its size. */
  readonly bytesPerPixel: number;
  /** The network that does the work, if one does: a GPU, with memory of its own, gets larger tiles. */
  readonly network?: NetworkGraph;
}

/** What is known of a target before anything is computed. */
export interface FilterContext extends Pick<TargetView, 'factor' | 'noise'>, FilterResources {}

/** What there is to choose from beside the document's pictures. */
export interface FilterResources {
  readonly models: NetworkRunner['models'];
  /** None when left out. */
  readonly own?: Pick<OwnNetworks, 'find'>;
  /** None when left out. */
  readonly photographs?: PhotographStyles;
}

/** Left out, as the target has it. */
interface FilterResult {
  readonly channels?: Raster['channels'];
  readonly values?: TargetValues;
}

/**
 * What a filter does to all of a target coarser than the result before it enlarges it: once for all tiles, on a grid no
 * larger than the target's. `apply` gets target and guidance on that grid, the guidance by means over areas and, where `detail`
 * says so, finer.
 */
export interface TargetPreparation extends Pick<Filter, 'apply'> {
  /** Names everything about it that its result depends on: what only the filter depends on must not be in it. */
  readonly key: string;
  /** In pixels of that grid. */
  readonly needs: TileNeeds;
  /**
   * Pixels of guidance per pixel of that grid, along both sides; 1: on that very grid. The guidance that `apply` gets is so much larger
   * than its region.
   */
  readonly detail: number;
  /** The target on that grid: as it is, or reduced. */
  suited(view: TargetView): TargetView;
}

/** A filter: what it declares, and what it does. Parameters are validated against the declaration beforehand. */
export interface Filter {
  readonly description: FilterDescription;
  /**
   * The parameters with what is left to the filter chosen for a result of this size; as they are when left out. All else is asked with
   * these.
   */
  settled?(parameters: ParameterValues, whole: Size): ParameterValues;
  tileNeeds(parameters: ParameterValues, context: FilterContext): TileNeeds;
  /** Sentences the user should see about what these settings choose (which model, say). */
  notices?(parameters: ParameterValues, context: FilterContext): string[];
  /**
   * The least factor that it can be given without seeing a target far sharper than it knows; 1 when left out. Previews on
   * reduced pictures keep to it.
   */
  leastFactor?(parameters: ParameterValues, context: FilterContext): number;
  /** Asked for by the step that sees the target itself; none when left out. */
  preparation?(parameters: ParameterValues, context: FilterContext): TargetPreparation | null;
  /** What its result is like, where that is not what the target is like. */
  result?(parameters: ParameterValues, context: FilterContext): FilterResult;
  /**
   * The filtered target over `input.region`, in the target's unit, with the target's channel count unless `result` says otherwise.
   * Unknown pixels have been filled beforehand; the engine restores them afterwards when the recipe keeps them.
   */
  apply(input: FilterInput, parameters: ParameterValues, runtime: FilterRuntime): Promise<Raster>;
}
