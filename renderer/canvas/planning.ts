import type { SceneLayer } from '../document/scene';
import type { ShownLayer } from '../document/viewStore';
import type { Painting } from './layerPainter';
import type { Frame } from './panes';
import type { Pyramid } from './pyramid';
import type { Want } from './scheduler';
import { type Area, baseLevel, levelFor, levelSize, type TilePlace, tileRegion, visibleTiles } from './tiles';
import { toPicture, type Viewport } from './viewport';

/** Everything a plan follows from. */
export interface Situation {
  readonly layers: readonly SceneLayer[];
  readonly pyramids: ReadonlyMap<ShownLayer, Pyramid>;
  readonly viewport: Viewport;
  readonly pixelRatio: number;
  readonly opacity: Readonly<Record<ShownLayer, number>>;
  readonly hatch: CanvasPattern | null;
  /** The user is dragging a parameter: only what comes quickly is worth asking for. */
  readonly gesturing: boolean;
}

/** What to paint in a frame, and what to ask the engine for so that it becomes whole. */
export interface FramePlan {
  readonly paintings: ReadonlyMap<ShownLayer, Painting>;
  readonly wants: readonly Want[];
  /** What lies behind the divider: asked for last, so that it is there when the divider moves or the pointer asks. */
  readonly ahead: readonly Want[];
  /** Places of the result on screen that do not yet show what export would write. */
  readonly inexact: number;
  /** Places of the result on screen whose tile is still to come. */
  readonly pending: number;
}

/** Beyond this many seconds for the visible part, a coarse one is asked for first. */
const patience = 0.3;
const coarsest = 4;

/** Plans one frame, its layers from the top down to the first that hides what is below. */
export function planFrame(frame: Frame, situation: Situation): FramePlan {
  const paintings = new Map<ShownLayer, Painting>();
  const wants: Want[] = [];
  const ahead: Want[] = [];
  let inexact = 0;
  let pending = 0;
  for (const id of frame.layers) {
    const layer = situation.layers.find((one) => one.id === id);
    const pyramid = situation.pyramids.get(id);
    if (!layer || !pyramid) continue;
    const visible = visibleArea(frame, situation.viewport, layer);
    const zoom = situation.viewport.scale * situation.pixelRatio * layer.scale.x;
    const level = levelFor(zoom, layer.size);
    const places = visibleTiles(layer.size, level, visible, pyramid.tileSize);
    const missing = places.filter((place) => !pyramid.current(place));
    paintings.set(id, {
      pyramid,
      places,
      opacity: situation.opacity[id],
      hatch: layer.hasUnknown ? situation.hatch : null,
    });
    wants.push(...wantsOf(layer, pyramid, level, visible, missing, situation.gesturing));
    if (id === 'result') {
      pending += missing.length;
      inexact += places.filter((place) => pyramid.current(place)?.approximate ?? true).length;
      if (!situation.gesturing) ahead.push(...behindTheDivider(frame, situation, layer, pyramid, level));
    }
    const whole = places.every((place) => pyramid.partsFor(place).length > 0);
    if (whole && situation.opacity[id] === 1) break;
  }
  return { paintings, wants, ahead, inexact, pending };
}

function behindTheDivider(
  { pane, clip }: Frame,
  { viewport }: Situation,
  layer: SceneLayer,
  pyramid: Pyramid,
  level: number,
): Want[] {
  if (clip.width === pane.width) return [];
  const hidden = { ...pane, width: pane.width - clip.width };
  const area = visibleArea({ pane, clip: hidden, layers: [] }, viewport, layer);
  return visibleTiles(layer.size, level, area, pyramid.tileSize)
    .filter((place) => !pyramid.current(place))
    .map((place) => wantOf(layer, pyramid, place));
}

function wantsOf(
  layer: SceneLayer,
  pyramid: Pyramid,
  level: number,
  visible: Area,
  missing: readonly TilePlace[],
  gesturing: boolean,
): Want[] {
  const want = (place: TilePlace) => wantOf(layer, pyramid, place);
  const preview = previewLevel(layer, level, missing, pyramid.tileSize);
  if (preview === level) return missing.map(want);
  const coarse = visibleTiles(layer.size, preview, visible, pyramid.tileSize).filter(
    (place) => !pyramid.current(place),
  );
  return [...coarse, ...(gesturing ? [] : missing)].map(want);
}

const wantOf = (layer: SceneLayer, pyramid: Pyramid, place: TilePlace): Want => ({
  layer: layer.id,
  place,
  version: pyramid.currentVersion,
  request: {
    document: layer.document,
    layer: layer.id,
    level: place.level,
    region: tileRegion(place, layer.size, pyramid.tileSize),
    display: layer.display,
  },
});

/** The one tile that shows a whole layer, if it is still to come. */
export function baseWant(layer: SceneLayer, pyramid: Pyramid): Want | null {
  const place = { level: baseLevel(layer.size, pyramid.tileSize), column: 0, row: 0 };
  return pyramid.current(place) ? null : wantOf(layer, pyramid, place);
}

/**
 * What is only shown comes before what is computed; of that, first a rough view of what is on screen, then one of the
 * whole (`bases`), for the thumbnail and for panning, then the parts.
 */
export function inAskingOrder(wants: readonly Want[], bases: readonly Want[]): Want[] {
  const isComputed = ({ layer }: Want) => layer === 'result';
  const isShown = (want: Want) => !isComputed(want);
  const computed = wants.filter(isComputed);
  const finest = Math.min(...computed.map(({ place }) => place.level));
  const isFine = ({ place }: Want) => place.level === finest;
  return [
    ...bases.filter(isShown),
    ...wants.filter(isShown),
    ...computed.filter((want) => !isFine(want)),
    ...bases.filter(isComputed),
    ...computed.filter(isFine),
  ];
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

/** What a frame shows of a layer, in the layer's own pixels. */
export function visibleArea({ pane, clip }: Frame, viewport: Viewport, { size, scale }: SceneLayer): Area {
  const from = toPicture(viewport, pane, { x: clip.x, y: clip.y });
  const to = toPicture(viewport, pane, { x: clip.x + clip.width, y: clip.y + clip.height });
  const whole = levelSize(size, 0);
  const x = Math.min(whole.width, Math.max(0, from.x / scale.x));
  const y = Math.min(whole.height, Math.max(0, from.y / scale.y));
  return {
    x,
    y,
    width: Math.max(0, Math.min(whole.width, to.x / scale.x) - x),
    height: Math.max(0, Math.min(whole.height, to.y / scale.y) - y),
  };
}
