import type { Part, Pyramid } from './pyramid';
import type { TilePlace } from './tiles';

/** A result that is mixed of two pictures while it is drawn: no tile of it has to be computed, sent or decoded. */
export interface Blend {
  readonly without: Pyramid;
  readonly full: Pyramid;
  /** Of the full effect, 0…1. */
  readonly share: number;
}

/** What a layer paints into one frame. */
export interface Painting {
  readonly pyramid: Pyramid;
  /** Stands in where the pyramid has nothing of the current picture. */
  readonly blend: Blend | null;
  readonly places: readonly TilePlace[];
  readonly opacity: number;
  /** Fills what has no value; null when every pixel has one. */
  readonly hatch: CanvasPattern | null;
}

/** Parts over parts: each lets as much of those before it shine through as its share leaves. */
interface Coat {
  readonly parts: readonly Part[];
  readonly share: number;
}

/** Whether both of its pictures are there. */
export const isWhole = ({ without, full }: Blend, place: TilePlace): boolean =>
  [without, full].every((pyramid) => pyramid.freshParts(place).length > 0);

/** What is painted for a place, from the bottom up; empty when there is nothing at all. */
export function coatsFor({ pyramid, blend }: Pick<Painting, 'pyramid' | 'blend'>, place: TilePlace): Coat[] {
  if (blend && !pyramid.current(place) && isWhole(blend, place))
    return [
      { parts: blend.without.freshParts(place), share: 1 },
      { parts: blend.full.freshParts(place), share: blend.share },
    ];
  const parts = pyramid.partsFor(place);
  const standIn = parts.length > 0 ? parts : (blend?.full.partsFor(place) ?? []);
  return standIn.length > 0 ? [{ parts: standIn, share: 1 }] : [];
}
