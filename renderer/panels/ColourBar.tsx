import { interpolateMagma, interpolateTurbo, interpolateViridis } from 'd3-scale-chromatic';
import { useEffect, useRef } from 'react';
import type { Colormap, RampColormap } from '../../electron/contract/display';
import { labelColour } from '../../electron/contract/labelColours';
import styles from './ColourBar.module.css';

const ramps: Readonly<Record<RampColormap, (share: number) => string>> = {
  grey: (share) => rgb(Array(3).fill(Math.round(share * 255))),
  turbo: interpolateTurbo,
  viridis: interpolateViridis,
  magma: interpolateMagma,
};

/** As many labels as can be told apart in the bar. */
const labelsShown = 8;

const rgb = (levels: readonly number[]) => `rgb(${levels.join(' ')})`;
export const labelCss = (label: number) => rgb(labelColour(label));

const columns = 120;

const colourAt = (colormap: Colormap, share: number) =>
  colormap === 'labels'
    ? labelCss(Math.min(labelsShown - 1, Math.floor(share * labelsShown)))
    : ramps[colormap](share);

/** The colours of a colormap from its lower end to its upper. */
export function ColourBar({ colormap }: { colormap: Colormap }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    for (let x = 0; x < columns; x += 1) {
      context.fillStyle = colourAt(colormap, x / (columns - 1));
      context.fillRect(x, 0, 1, 1);
    }
  }, [colormap]);
  return <canvas ref={canvas} className={styles.bar} width={columns} height={1} aria-hidden />;
}
