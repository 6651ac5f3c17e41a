import type { Pyramid } from './pyramid';
import { type TilePlace, tileArea } from './tiles';

/** What a layer paints into one frame. */
export interface Painting {
  readonly pyramid: Pyramid;
  readonly places: readonly TilePlace[];
  readonly opacity: number;
  /** Fills what has no value; null when every pixel has one. */
  readonly hatch: CanvasPattern | null;
}

/**
 * Paints tiles under the context's transform. Edges are put on whole device pixels, the same for both neighbours, so
 * that no seam shows at any zoom; magnified pixels keep their edges.
 */
export function paintLayer(context: CanvasRenderingContext2D, painting: Painting): void {
  const transform = context.getTransform();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = painting.opacity;
  painting.hatch?.setTransform(new DOMMatrix([1, 0, 0, 1, Math.round(transform.e), Math.round(transform.f)]));
  for (const place of painting.places) paintPlace(context, painting, place, transform);
  context.globalAlpha = 1;
  context.setTransform(transform);
}

function paintPlace(
  context: CanvasRenderingContext2D,
  { pyramid, hatch }: Painting,
  wanted: TilePlace,
  transform: DOMMatrix,
): void {
  for (const { tile, place } of pyramid.partsFor(wanted)) {
    const area = tileArea(place, pyramid.size, pyramid.tileSize);
    const own = tileArea(tile.place, pyramid.size, pyramid.tileSize);
    const left = Math.round(transform.a * area.x + transform.e);
    const top = Math.round(transform.d * area.y + transform.f);
    const width = Math.round(transform.a * (area.x + area.width) + transform.e) - left;
    const height = Math.round(transform.d * (area.y + area.height) + transform.f) - top;
    if (width <= 0 || height <= 0) continue;
    if (hatch) {
      context.fillStyle = hatch;
      context.fillRect(left, top, width, height);
    }
    const reduction = 2 ** tile.place.level;
    // Stand-ins from a coarser level are smoothed; true pixels never are when they are magnified.
    const standIn = tile.place.level > wanted.level;
    context.imageSmoothingEnabled = standIn || transform.a * reduction < 1;
    context.drawImage(
      tile.bitmap,
      (area.x - own.x) / reduction,
      (area.y - own.y) / reduction,
      area.width / reduction,
      area.height / reduction,
      left,
      top,
      width,
      height,
    );
  }
}
