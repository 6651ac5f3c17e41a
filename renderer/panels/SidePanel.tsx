import type { KeyboardEvent, PointerEvent } from 'react';
import { panelWidths as widths } from '../document/preferences';
import { useView } from '../document/viewStore';
import { LayersPanel } from './LayersPanel';
import styles from './SidePanel.module.css';
import { StepsPanel } from './StepsPanel';

const setWidth = (width: number) =>
  useView.setState({ panelWidth: Math.min(widths.max, Math.max(widths.min, Math.round(width))) });

/** Layers and steps, as wide as the user likes. */
export function SidePanel() {
  const width = useView((state) => state.panelWidth);
  return (
    <aside className={styles.panel} style={{ width }} aria-label="Layers and steps" data-region>
      <Edge width={width} />
      <div className={styles.content}>
        <LayersPanel />
        <StepsPanel />
      </div>
    </aside>
  );
}

function Edge({ width }: { width: number }) {
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) setWidth(window.innerWidth - event.clientX);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? 16 : event.key === 'ArrowRight' ? -16 : 0;
    if (step !== 0) setWidth(width + step);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be focused and moved.
    <div
      role="separator"
      tabIndex={0}
      aria-label="Width of the panel"
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={widths.min}
      aria-valuemax={widths.max}
      className={styles.edge}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => setWidth(widths.usual)}
      onKeyDown={onKeyDown}
    />
  );
}
