import { create } from 'zustand';
import type { Size } from '../../electron/contract/geometry';
import {
  fitTo,
  nextZoom,
  type Pane,
  type Point,
  panBy,
  scaleAt,
  type Viewport,
  withinReach,
} from './viewport';

interface ViewportState {
  readonly viewport: Viewport;
  /** The canvas on the screen, in CSS pixels. */
  readonly stage: Size;
  /** The first pane: every pane is as large, so that it stands for all. */
  readonly pane: Pane;
  /** Size of the picture shown; null while there is none. */
  readonly picture: Size | null;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  /** The picture stays fitted through changes of the window until the user zooms or pans. */
  readonly fitted: boolean;
}

const fitMargin = 24;

export const useViewport = create<ViewportState>(() => ({
  viewport: { centre: { x: 0, y: 0 }, scale: 1 },
  stage: { width: 1, height: 1 },
  pane: { x: 0, y: 0, width: 1, height: 1 },
  picture: null,
  pixelRatio: 1,
  fitted: true,
}));

const { getState: get, setState: set } = useViewport;

/** Device pixels per picture pixel: 1 is 100 %. */
export const zoomOf = ({ viewport, pixelRatio }: Pick<ViewportState, 'viewport' | 'pixelRatio'>) =>
  viewport.scale * pixelRatio;

const middle = ({ x, y, width, height }: Pane): Point => ({ x: x + width / 2, y: y + height / 2 });

export function fitPicture(): void {
  const { picture, pane } = get();
  if (picture) set({ viewport: fitTo(picture, pane, fitMargin), fitted: true });
}

export function zoomTo(zoom: number, anchor?: Point, pane = get().pane): void {
  const { viewport, pixelRatio, picture } = get();
  if (!picture) return;
  const next = scaleAt(viewport, pane, anchor ?? middle(pane), zoom / pixelRatio);
  set({ viewport: withinReach(next, picture), fitted: false });
}

export const zoomStep = (direction: 1 | -1) => zoomTo(nextZoom(zoomOf(get()), direction));

/** 100 % and back. */
export const toggleActualSize = () => (Math.abs(zoomOf(get()) - 1) < 1e-3 ? fitPicture() : zoomTo(1));

export function pan(by: Point): void {
  const { viewport, picture } = get();
  if (picture) set({ viewport: panBy(viewport, by, picture), fitted: false });
}

/** The canvas or its panes have another size. */
export function resizeStage(stage: Size, pane: Pane, pixelRatio: number): void {
  set({ stage, pane, pixelRatio });
  if (get().fitted) fitPicture();
}

/** Another picture is shown; one of the same size keeps the place that is looked at. */
export function showPicture(picture: Size | null): void {
  const before = get().picture;
  if (before?.width === picture?.width && before?.height === picture?.height) return;
  set({ picture });
  if (picture) fitPicture();
}
