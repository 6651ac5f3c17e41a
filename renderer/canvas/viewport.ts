import type { Size } from '../../electron/contract/geometry';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Where the picture lies on the screen: the picture point in the middle of the pane, and screen (CSS) pixels per
 * picture pixel. All panes share one viewport, so that they show the same place.
 */
export interface Viewport {
  readonly centre: Point;
  readonly scale: number;
}

/** Part of the stage that shows the picture, in CSS pixels. */
export interface Pane {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const zoomPresets = [0.25, 0.5, 1, 2, 4] as const;
const stops = [
  1 / 64,
  1 / 32,
  1 / 16,
  1 / 8,
  1 / 6,
  1 / 4,
  1 / 3,
  1 / 2,
  2 / 3,
  1,
  1.5,
  2,
  3,
  4,
  6,
  8,
  12,
  16,
  24,
  32,
  48,
  64,
] as const;
const limits = { min: 1 / 128, max: 128 };

const clamp = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value));

export const toScreen = (viewport: Viewport, pane: Pane, point: Point): Point => ({
  x: pane.x + pane.width / 2 + (point.x - viewport.centre.x) * viewport.scale,
  y: pane.y + pane.height / 2 + (point.y - viewport.centre.y) * viewport.scale,
});

export const toPicture = (viewport: Viewport, pane: Pane, point: Point): Point => ({
  x: viewport.centre.x + (point.x - pane.x - pane.width / 2) / viewport.scale,
  y: viewport.centre.y + (point.y - pane.y - pane.height / 2) / viewport.scale,
});

/** Another scale with the picture point under `anchor` (screen) staying where it is. */
export function scaleAt(viewport: Viewport, pane: Pane, anchor: Point, scale: number): Viewport {
  const next = clamp(scale, limits.min, limits.max);
  const held = toPicture(viewport, pane, anchor);
  const ratio = viewport.scale / next;
  return {
    scale: next,
    centre: {
      x: held.x + (viewport.centre.x - held.x) * ratio,
      y: held.y + (viewport.centre.y - held.y) * ratio,
    },
  };
}

/** Moves the picture by screen pixels, keeping at least its edge in the middle half of the pane. */
export function panBy(viewport: Viewport, by: Point, picture: Size): Viewport {
  return withinReach(
    {
      scale: viewport.scale,
      centre: {
        x: viewport.centre.x - by.x / viewport.scale,
        y: viewport.centre.y - by.y / viewport.scale,
      },
    },
    picture,
  );
}

/** The middle of the pane never leaves the picture: it cannot be lost off the screen. */
export function withinReach(viewport: Viewport, picture: Size): Viewport {
  return {
    scale: viewport.scale,
    centre: {
      x: clamp(viewport.centre.x, 0, picture.width),
      y: clamp(viewport.centre.y, 0, picture.height),
    },
  };
}

/** The whole picture in the pane with `margin` screen pixels around it; small pictures are enlarged. */
export function fitTo(picture: Size, pane: Pick<Pane, 'width' | 'height'>, margin: number): Viewport {
  const scale = Math.min(
    Math.max(1, pane.width - 2 * margin) / picture.width,
    Math.max(1, pane.height - 2 * margin) / picture.height,
  );
  return {
    scale: clamp(scale, limits.min, limits.max),
    centre: { x: picture.width / 2, y: picture.height / 2 },
  };
}

/** The next stop above or below a zoom (device pixels per picture pixel). */
export function nextZoom(zoom: number, direction: 1 | -1): number {
  const tolerance = 1.001;
  if (direction > 0) return stops.find((stop) => stop > zoom * tolerance) ?? stops.at(-1)!;
  return stops.findLast((stop) => stop < zoom / tolerance) ?? stops[0];
}
