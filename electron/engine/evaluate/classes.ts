import type { Rect } from '../../contract/geometry';
import { labelMapOf, labelsIn, oneHot } from '../../raster/labels';
import { createRaster, type Raster } from '../../raster/raster';
import { keepTiles, type TiledStage } from './keptTiles';
import type { Pictures } from './pictures';
import type { Run } from './run';
import { inputStage } from './stage';
import type { TileCache } from './tileCache';
import { withHalo } from './tiling';

const tileSide = 512;
/** A label competes for a tile when it occurs this near to it, in result pixels: farther away it cannot come out strongest. */
const neighbourhood = 64;
const unitRange = { min: 0, max: 1 };

/**
 * A class map through a chain of filters: each label that occurs nearby is filtered as a channel of its own, 1 where the target
 * has it and 0 elsewhere, and a pixel gets the label that comes out strongest (the one the target saw first, of equal ones). One
 * label after the other: memory does not grow with their number.
 * @param chain the steps, on pictures whose target is one such channel
 * @throws SidelightError classes-too-many
 */
export function classStage(
  pictures: Pictures,
  chain: (pictures: Pictures) => TiledStage,
  cache: TileCache,
): TiledStage {
  const { target } = pictures;
  const map = labelMapOf(target.raster);
  const chainFor = (label: number): TiledStage => {
    const raster = oneHot(target.raster, map, label);
    const key = `${target.key}/label ${label}`;
    return chain({ ...pictures, target: { ...target, key, raster, valueRange: unitRange } });
  };
  const candidatesIn = (region: Rect) => labelsIn(target.raster, map, targetAround(region, pictures));
  const compute = async (tile: Rect, run: Run) => {
    const winners = await strongest(candidatesIn(tile), chainFor, tile, run);
    return labelled(await inputStage(pictures).read(tile, run), winners, map.labels);
  };
  const all = chain(pictures);
  // Labels are counted as if none of their channels had been filtered yet: making one only to count would take longer.
  const missingBefore: TiledStage['missing'] = (region, run) => {
    const { length } = candidatesIn(region);
    return length < 2 ? 0 : length * all.missing(region, run);
  };
  return keepTiles(pictures, cache, `${all.key}|classes`, tileSide, compute, missingBefore);
}

/** The target's pixels under a tile and its neighbourhood, on the target's own grid. */
function targetAround(tile: Rect, { size, factor }: Pictures): Rect {
  const needs = { reach: neighbourhood, multiple: 1, bytesPerPixel: 0 };
  const { x, y, width, height } = withHalo(tile, needs, size);
  const left = Math.max(0, Math.floor(x / factor.x) - 1);
  const top = Math.max(0, Math.floor(y / factor.y) - 1);
  return {
    x: left,
    y: top,
    width: Math.ceil((x + width) / factor.x) + 1 - left,
    height: Math.ceil((y + height) / factor.y) + 1 - top,
  };
}

/** For every pixel of a tile, the candidate whose channel is the largest there. */
async function strongest(
  candidates: readonly number[],
  chainFor: (label: number) => TiledStage,
  tile: Rect,
  run: Run,
): Promise<Uint16Array> {
  const [only = 0, ...others] = candidates;
  const winners = new Uint16Array(tile.width * tile.height).fill(only);
  if (others.length === 0) return winners;
  const most = new Float32Array(winners.length).fill(Number.NEGATIVE_INFINITY);
  for (const label of candidates) {
    const { data } = await chainFor(label).read(tile, run);
    for (let pixel = 0; pixel < winners.length; pixel += 1) {
      if (!(data[pixel]! > most[pixel]!)) continue;
      most[pixel] = data[pixel]!;
      winners[pixel] = label;
    }
  }
  return winners;
}

/** A raster like `like`, with the winners' values in place of its own. */
function labelled(like: Raster, winners: Uint16Array, labels: readonly (readonly number[])[]): Raster {
  const pixels = winners.length;
  const data = new Float32Array(pixels * like.channels);
  for (let channel = 0; channel < like.channels; channel += 1) {
    const values = labels.map((label) => label[channel]!);
    for (let pixel = 0; pixel < pixels; pixel += 1) data[channel * pixels + pixel] = values[winners[pixel]!]!;
  }
  return createRaster({ ...like, data });
}
