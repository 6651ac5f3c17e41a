import type { ParameterValues } from '../../contract/filters';
import type { Rect, Size } from '../../contract/geometry';
import { cropRaster } from '../../raster/crop';
import { knownRange } from '../../raster/range';
import { createRaster, type Raster } from '../../raster/raster';
import { completeParameters } from '../../recipe/parameters';
import type { Filter, FilterInput, FilterRuntime, TileNeeds } from '../filter';

/** For filters without a network. */
export const noNetworks: FilterRuntime = {
  networks: {
    models: () => [],
    run: () => Promise.reject(new Error('This filter runs no network.')),
  },
  signal: new AbortController().signal,
};

/** Cancels as soon as a filter has said `reports` times how far it is; `shares` is what it said. */
export function cancelledAfter(reports: number): { runtime: FilterRuntime; shares: readonly number[] } {
  const controller = new AbortController();
  const shares: number[] = [];
  const progress = (share: number) => {
    shares.push(share);
    if (shares.length === reports) controller.abort(new Error('Enough.'));
  };
  return { runtime: { ...noNetworks, signal: controller.signal, progress }, shares };
}

export const factorOf = (target: Size, guidance: Size) => ({
  x: guidance.width / target.width,
  y: guidance.height / target.height,
});

const allOf = ({ width, height }: Size): Rect => ({ x: 0, y: 0, width, height });

/** What the engine gives a filter for one region: a coarser target whole, one of the result's size cut to the region. */
export function inputOf(target: Raster, guidance: Raster, region: Rect = allOf(guidance)): FilterInput {
  const factor = factorOf(target, guidance);
  const given = factor.x === 1 && factor.y === 1 ? region : allOf(target);
  return {
    region,
    target: {
      raster: cropRaster(target, given),
      offset: given,
      factor,
      whole: target,
      valueRange: knownRange(target)!,
      noise: 0,
    },
    guidance: cropRaster(guidance, region),
    overview: null,
    overviewTexture: null,
    prepared: null,
    whole: guidance,
  };
}

/** A filter on whole pictures that guide themselves; their values count as 0…1 as they are. */
export const onUnitValues =
  ({ description, apply }: Filter) =>
  (
    target: Raster,
    values: ParameterValues = {},
    runtime: FilterRuntime = noNetworks,
    overview: Raster | null = null,
  ) => {
    const input = inputOf(target, target);
    return apply(
      { ...input, overview, target: { ...input.target, valueRange: { min: 0, max: 1 } } },
      completeParameters(description, values),
      runtime,
    );
  };

/** Noise with an edge at another place in each channel; the same for the same seed. Values from 0.2 to 0.9 × scale. */
export function edgedNoise(width: number, height: number, channels: 1 | 3, seed: number, scale = 1): Raster {
  let state = seed;
  const random = () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
  const data = Float32Array.from({ length: width * height * channels }, (_, i) => {
    const x = i % width;
    const channel = Math.floor(i / (width * height));
    return scale * (0.2 + 0.4 * (x > width * (0.3 + 0.1 * channel) ? 1 : 0) + 0.3 * random());
  });
  return createRaster({ width, height, channels, data });
}

/** A tile with the halo its filter needs, clipped at the picture's border as the engine does. */
export function tileWithHalo(tile: Rect, { reach, multiple }: TileNeeds, whole: Size): Rect {
  const x = Math.floor(Math.max(0, tile.x - reach) / multiple) * multiple;
  const y = Math.floor(Math.max(0, tile.y - reach) / multiple) * multiple;
  return {
    x,
    y,
    width: Math.min(whole.width, tile.x + tile.width + reach) - x,
    height: Math.min(whole.height, tile.y + tile.height + reach) - y,
  };
}

/** Whole numbers of 0…limit − 1, each as likely as the others; the same for the same seed of 1…2²¹. */
export function seededPick(seed: number): (limit: number) => number {
  // Neighbouring seeds would begin with nearly the same numbers.
  let state = (seed * 2654435761) % 4294967296;
  return (limit) => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((limit * state) / 4294967296);
  };
}

/** A tile anywhere in a picture. */
export function tileFrom(pick: (limit: number) => number, whole: Size): Rect {
  const x = pick(whole.width);
  const y = pick(whole.height);
  return { x, y, width: 1 + pick(whole.width - x), height: 1 + pick(whole.height - y) };
}

export const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
