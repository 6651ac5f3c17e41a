import type { SceneLayer } from '../document/scene';
import type { ShownLayer } from '../document/viewStore';
import { type Blend, coatsFor, isWhole, type Painting } from './painting';
import type { Frame } from './panes';
import type { Pyramid } from './pyramid';
import type { Want } from './scheduler';
import { type Area, levelFor, levelSize, visibleTiles } from './tiles';
import { toPicture, type Viewport } from './viewport';
import { endsAhead, wantedPictures, wantOf, wantsOf } from './wants';

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
  /** What the result is mixed of as long as its own tiles have not come. */
  readonly blend: Blend | null;
  /** When what it is mixed of is asked for. Now: the mixture will do, and the result's own tiles are not asked for. */
  readonly ends: 'now' | 'ahead' | 'never';
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
    const blend = id === 'result' && situation.opacity[id] === 1 ? situation.blend : null;
    const hatch = layer.hasUnknown ? situation.hatch : null;
    const painting: Painting = { pyramid, blend, places, opacity: situation.opacity[id], hatch };
    paintings.set(id, painting);
    const mixed = situation.ends === 'now' ? blend : null;
    for (const [shown, of] of wantedPictures(layer, pyramid, mixed))
      wants.push(...wantsOf(shown, of, level, visible, places, situation.gesturing));
    if (id === 'result') {
      pending += places.filter(
        (place) => !pyramid.current(place) && !(mixed && isWhole(mixed, place)),
      ).length;
      inexact += places.filter((place) => pyramid.current(place)?.approximate ?? true).length;
      if (!situation.gesturing) {
        ahead.push(...behindTheDivider(frame, situation, layer, pyramid, level));
        if (blend && situation.ends === 'ahead')
          ahead.push(...endsAhead(layer, pyramid, blend, level, places));
      }
    }
    const whole = places.every((place) => coatsFor(painting, place).length > 0);
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
