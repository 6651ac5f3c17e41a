import { interpolateMagma, interpolateTurbo, interpolateViridis } from 'd3-scale-chromatic';
import { useEffect, useRef } from 'react';
import { useShallow } from 'zustand/shallow';
import type { Colormap } from '../../electron/contract/display';
import type { Unit } from '../../electron/contract/sources';
import { useCanvasStatus } from '../canvas/canvasStatus';
import { sourceOf, useDocument } from '../document/documentStore';
import { displayOf } from '../document/scene';
import { useView } from '../document/viewStore';
import { formatNumber } from '../ui/numberText';
import styles from './Legend.module.css';

const maps: Readonly<Record<Exclude<Colormap, 'grey'>, (share: number) => string>> = {
  turbo: interpolateTurbo,
  viridis: interpolateViridis,
  magma: interpolateMagma,
};

export const unitText = (unit: Unit) => (unit === 'none' ? '' : unit);

/** Which colour is which value: the true range of the map that is shown, in its unit. */
export function Legend() {
  const document = useDocument();
  const { isolated, displays, visible, compare } = useView(
    useShallow(({ isolated, displays, visible, compare }) => ({ isolated, displays, visible, compare })),
  );
  const layers = useCanvasStatus((status) => status.layers);
  const target = sourceOf(document, 'target')?.info;
  const seen = layers.find((layer) => visible[layer] || compare !== 'single');
  const layer = isolated ?? seen;
  const display = layer && displayOf(document, displays, layer);
  if (target?.channels !== 1 || !layer || layer === 'guidance' || !display) return null;
  const unit = unitText(target.unit);
  return (
    <figure className={styles.legend} aria-label={`Colours: ${display.colormap}`}>
      <span className={styles.value}>{formatNumber(display.range.min)}</span>
      <ColourBar colormap={display.colormap} />
      <span className={styles.value}>
        {formatNumber(display.range.max)} {unit}
      </span>
      {target.unknownPixels > 0 && (
        <>
          <span className={styles.unknown} />
          <span>unknown</span>
        </>
      )}
    </figure>
  );
}

const steps = 120;

export function ColourBar({ colormap }: { colormap: Colormap }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    for (let x = 0; x < steps; x += 1) {
      const share = x / (steps - 1);
      const grey = Math.round(share * 255);
      context.fillStyle = colormap === 'grey' ? `rgb(${grey} ${grey} ${grey})` : maps[colormap](share);
      context.fillRect(x, 0, 1, 1);
    }
  }, [colormap]);
  return <canvas ref={canvas} className={styles.bar} width={steps} height={1} aria-hidden />;
}
