import { useEffect, useRef } from 'react';
import { links } from '../bridge/engine';
import { useEngine } from '../bridge/engineStore';
import { useCanvasStatus } from '../canvas/canvasStatus';
import { followGestures } from '../canvas/gestures';
import { PictureStage } from '../canvas/pictureStage';
import { PixelProbe } from '../canvas/probe';
import { useViewport } from '../canvas/viewportStore';
import { useDocument } from '../document/documentStore';
import { useView } from '../document/viewStore';
import { CanvasNotices } from './CanvasNotices';
import styles from './CanvasView.module.css';
import { CompareOverlay } from './CompareOverlay';
import { Legend } from './Legend';
import { PixelReadout } from './PixelReadout';

/** The picture and what lies over it. Everything inside the stage is drawn by the canvas room. */
export function CanvasView() {
  const container = useRef<HTMLDivElement>(null);
  const stage = useRef<PictureStage>(null);
  const filters = useEngine((state) => state.description?.filters);

  useEffect(() => {
    const element = container.current!;
    const { engine } = links();
    const made = new PictureStage(element, engine);
    stage.current = made;
    const probe = new PixelProbe(engine);
    const stopGestures = followGestures(element, (at) => probe.point(at));
    const stopViewport = useViewport.subscribe(() => probe.follow());
    const stopDocument = useDocument.subscribe((state, before) => {
      if (state.info !== before.info || state.sources !== before.sources) probe.refresh();
    });
    const stopStatus = useCanvasStatus.subscribe((status, before) => {
      if (status.pending !== before.pending) probe.refresh();
    });
    const stopInspected = useView.subscribe((view, before) => {
      if (view.inspected !== before.inspected) probe.restart();
    });
    return () => {
      stopGestures();
      stopInspected();
      stopStatus();
      stopDocument();
      stopViewport();
      probe.point(null);
      made.destroy();
    };
  }, []);
  useEffect(() => stage.current?.know(filters ?? []), [filters]);
  const restarts = useEngine((state) => state.restarts);
  useEffect(() => {
    if (restarts > 0) stage.current?.retry();
  }, [restarts]);
  useCanvasColours(() => stage.current?.recolour());

  return (
    <main className={styles.view} data-region>
      <div
        ref={container}
        className={styles.stage}
        data-testid="stage"
        role="application"
        aria-label="Picture: drag to pan, wheel to zoom"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture is panned and zoomed with keys.
        tabIndex={0}
      />
      <CompareOverlay />
      <div className={styles.corner}>
        <ApproximateBadge />
        <Legend />
      </div>
      <PixelReadout />
      <CanvasNotices onRetry={() => stage.current?.retry()} />
    </main>
  );
}

/** Redraws what the canvas colours itself when the theme or the density of the screen changes. */
function useCanvasColours(recolour: () => void): void {
  const theme = useView((state) => state.theme);
  const latest = useRef(recolour);
  latest.current = recolour;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is what changes the colours.
  useEffect(() => {
    latest.current();
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const changed = () => latest.current();
    dark.addEventListener('change', changed);
    window.addEventListener('resize', changed);
    return () => {
      dark.removeEventListener('change', changed);
      window.removeEventListener('resize', changed);
    };
  }, [theme]);
}

function ApproximateBadge() {
  const approximate = useCanvasStatus((state) => state.approximate);
  const pending = useCanvasStatus((state) => state.pending);
  const hasResult = useCanvasStatus(({ layers }) => layers.includes('result'));
  if (!hasResult || !approximate) return null;
  const text = pending > 0 ? 'Approximate, refining' : 'Approximate';
  return (
    <output
      className={styles.badge}
      data-testid="approximate-badge"
      title="Computed at the size it is shown. At 100 % the picture is exactly what export writes."
    >
      {text}
    </output>
  );
}
