import { useView } from '../document/viewStore';
import type { Pane, Point } from './viewport';
import { pan, useViewport, zoomOf, zoomTo } from './viewportStore';

/** A wheel turned by hand, or fingers on a trackpad. Trackpads report small or sideways movements. */
export function isTrackpad(event: Pick<WheelEvent, 'deltaMode' | 'deltaX' | 'deltaY'>): boolean {
  if (event.deltaMode !== 0) return false;
  return event.deltaX !== 0 || Math.abs(event.deltaY) < 40;
}

/** Pauses shorter than this belong to one turn, which keeps being what it began as. */
const turnMilliseconds = 160;
const zoomPerPixel = 0.0018;
const pinchPerPixel = 0.01;
/** Screen pixels an arrow key moves by, alone and with Shift. */
const keyStep = 48;
const longStep = 384;
const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: 1, y: 0 },
  ArrowRight: { x: -1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
};

/** Drags and arrow keys pan, the wheel zooms at the pointer, fingers pan and pinch. Returns how to stop. */
export function followGestures(container: HTMLElement, onPointer: (at: Point | null) => void): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  let dragging: { readonly pointerId: number; last: Point } | null = null;
  let lastWheel = { time: 0, trackpad: false };

  const at = (event: MouseEvent): Point => {
    const box = container.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  container.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button > 1) return;
      dragging = { pointerId: event.pointerId, last: at(event) };
      container.setPointerCapture(event.pointerId);
      container.dataset.dragging = '';
    },
    { signal },
  );
  // The middle button would start the browser's own scrolling.
  container.addEventListener('mousedown', (event) => event.button === 1 && event.preventDefault(), {
    signal,
  });
  container.addEventListener(
    'pointermove',
    (event) => {
      const point = at(event);
      if (dragging?.pointerId === event.pointerId) {
        pan({ x: point.x - dragging.last.x, y: point.y - dragging.last.y });
        dragging.last = point;
      }
      onPointer(point);
    },
    { signal },
  );
  const release = () => {
    dragging = null;
    delete container.dataset.dragging;
  };
  container.addEventListener('pointerup', release, { signal });
  container.addEventListener('pointercancel', release, { signal });
  container.addEventListener('pointerleave', () => onPointer(null), { signal });

  container.addEventListener(
    'keydown',
    (event) => {
      const direction = arrows[event.key];
      if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const step = event.shiftKey ? longStep : keyStep;
      pan({ x: direction.x * step, y: direction.y * step });
    },
    { signal },
  );
  container.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const continues = event.timeStamp - lastWheel.time < turnMilliseconds;
      const trackpad = continues ? lastWheel.trackpad : isTrackpad(event);
      lastWheel = { time: event.timeStamp, trackpad };
      const point = at(event);
      const zoom = zoomOf(useViewport.getState());
      const pixels = event.deltaMode === 1 ? event.deltaY * 33 : event.deltaY;
      if (event.ctrlKey || event.metaKey)
        zoomTo(zoom * Math.exp(-pixels * (trackpad ? pinchPerPixel : zoomPerPixel)), point, paneAt(point));
      else if (trackpad) pan({ x: -event.deltaX, y: -event.deltaY });
      else zoomTo(zoom * Math.exp(-pixels * zoomPerPixel), point, paneAt(point));
      onPointer(point);
    },
    { signal, passive: false },
  );
  return () => ended.abort();
}

/** The pane under a point: side by side there are two of the same size, at both ends of the stage. */
export function paneAt(point: Point): Pane {
  const { pane, stage } = useViewport.getState();
  const sideBySide = useView.getState().compare === 'sides' && pane.width < stage.width;
  return sideBySide && point.x >= stage.width / 2 ? { ...pane, x: stage.width - pane.width } : pane;
}
