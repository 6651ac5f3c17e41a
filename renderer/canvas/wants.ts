import type { SceneLayer } from '../document/scene';
import type { Blend } from './painting';
import type { Pyramid } from './pyramid';
import type { Want } from './scheduler';
import { type Area, baseLevel, type TilePlace, tileRegion, visibleTiles } from './tiles';

/** Beyond this many seconds for the visible part, a coarse one is asked for first. */
const patience = 0.3;
const coarsest = 4;

/** What is missing of `places`, after something coarse where that would take long; in a gesture that alone. */
export function wantsOf(
  layer: SceneLayer,
  pyramid: Pyramid,
  level: number,
  visible: Area,
  places: readonly TilePlace[],
  gesturing: boolean,
): Want[] {
  const missing = places.filter((place) => !pyramid.current(place));
  const want = (place: TilePlace) => wantOf(layer, pyramid, place);
  const preview = previewLevel(layer, level, missing, pyramid.tileSize);
  if (preview === level) return missing.map(want);
  const coarse = visibleTiles(layer.size, preview, visible, pyramid.tileSize).filter(
    (place) => !pyramid.current(place),
  );
  return [...coarse, ...(gesturing ? [] : missing)].map(want);
}

export const wantOf = (layer: SceneLayer, pyramid: Pyramid, place: TilePlace): Want => ({
  layer: layer.id,
  place,
  version: pyramid.currentVersion,
  pyramid,
  request: {
    document: layer.document,
    layer: layer.id,
    level: place.level,
    region: tileRegion(place, layer.size, pyramid.tileSize),
    display: layer.display,
  },
});

/** A layer itself, or what it is mixed of. */
export function wantedPictures(
  layer: SceneLayer,
  pyramid: Pyramid,
  blend: Blend | null,
): [SceneLayer, Pyramid][] {
  const { ends } = layer;
  if (!blend || !ends) return [[layer, pyramid]];
  return [
    [{ ...layer, document: ends.without }, blend.without],
    [{ ...layer, document: ends.full }, blend.full],
  ];
}

/** What an opacity that may be dragged next is mixed of; of slow filters it is not worth computing for nothing. */
export function endsAhead(
  layer: SceneLayer,
  pyramid: Pyramid,
  blend: Blend,
  level: number,
  places: readonly TilePlace[],
): Want[] {
  return wantedPictures(layer, pyramid, blend).flatMap(([shown, of]) => {
    const missing = places.filter((place) => !of.current(place));
    const isQuick = previewLevel(layer, level, missing, pyramid.tileSize) === level;
    return isQuick ? missing.map((place) => wantOf(shown, of, place)) : [];
  });
}

/** The one tile that shows a whole layer, if it is still to come. */
export function baseWant(layer: SceneLayer, pyramid: Pyramid): Want | null {
  const place = { level: baseLevel(layer.size, pyramid.tileSize), column: 0, row: 0 };
  return pyramid.current(place) ? null : wantOf(layer, pyramid, place);
}

/** The finest level at which what is missing would come within the user's patience. */
function previewLevel(
  layer: SceneLayer,
  level: number,
  missing: readonly TilePlace[],
  tileSize: number,
): number {
  const pixels = missing.reduce((sum, place) => {
    const { width, height } = tileRegion(place, layer.size, tileSize);
    return sum + width * height;
  }, 0);
  const seconds = (pixels / 1e6) * layer.secondsPerMegapixel;
  if (seconds <= patience) return level;
  const halvings = Math.ceil(Math.log(seconds / patience) / Math.log(4));
  const deepest = Math.floor(Math.log2(Math.max(layer.size.width, layer.size.height) / 64));
  return Math.max(level, Math.min(level + halvings, level + coarsest, deepest));
}
