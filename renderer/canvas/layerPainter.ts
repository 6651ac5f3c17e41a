import { coatsFor, type Painting } from './painting';
import type { Part } from './pyramid';
import { type TilePlace, tileArea } from './tiles';

/**
 * Paints tiles under the context's transform. Edges are put on whole device pixels, the same for both neighbours, so
 * that no seam shows at any zoom; magnified pixels keep their edges.
 */
export function paintLayer(context: CanvasRenderingContext2D, painting: Painting): void {
  const transform = context.getTransform();
  context.setTransform(1, 0, 0, 1, 0, 0);
  painting.hatch?.setTransform(new DOMMatrix([1, 0, 0, 1, Math.round(transform.e), Math.round(transform.f)]));
  for (const place of painting.places)
    for (const { parts, share } of coatsFor(painting, place)) {
      context.globalAlpha = painting.opacity * share;
      for (const part of parts) paintPart(context, painting, place, part, transform);
    }
  context.globalAlpha = 1;
  context.setTransform(transform);
}

function paintPart(
  context: CanvasRenderingContext2D,
  { pyramid: { size, tileSize }, hatch }: Painting,
  wanted: TilePlace,
  { tile, place }: Part,
  transform: DOMMatrix,
): void {
  const area = tileArea(place, size, tileSize);
  const own = tileArea(tile.place, size, tileSize);
  const left = Math.round(transform.a * area.x + transform.e);
  const top = Math.round(transform.d * area.y + transform.f);
  const width = Math.round(transform.a * (area.x + area.width) + transform.e) - left;
  const height = Math.round(transform.d * (area.y + area.height) + transform.f) - top;
  if (width <= 0 || height <= 0) return;
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
