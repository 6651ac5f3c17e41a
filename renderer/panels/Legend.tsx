import { useShallow } from 'zustand/shallow';
import type { SourceInfo, Unit } from '../../electron/contract/sources';
import { useCanvasStatus } from '../canvas/canvasStatus';
import { sourceOf, useDocument } from '../document/documentStore';
import { resultStored, resultValues } from '../document/result';
import { displayOf } from '../document/scene';
import { useView } from '../document/viewStore';
import { formatNumber } from '../ui/numberText';
import { ColourBar, labelCss } from './ColourBar';
import styles from './Legend.module.css';

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
  if (!target || !layer || layer === 'guidance' || !display) return null;
  const shown = layer === 'result' ? resultStored(document, target) : target;
  if (shown.channels !== 1) return null;
  // Which labels a network's result has is only known once all of it is there.
  if (layer === 'result' && resultValues(document) !== document.work.processing.targetValues) return null;
  const unit = unitText(target.unit);
  return (
    <figure className={styles.legend} aria-label={`Colours: ${display.colormap}`}>
      {display.colormap === 'labels' ? (
        <Labels {...target} />
      ) : (
        <>
          <span className={styles.value}>{formatNumber(display.range.min)}</span>
          <ColourBar colormap={display.colormap} />
          <span className={styles.value}>
            {formatNumber(display.range.max)} {unit}
          </span>
        </>
      )}
      {target.unknownPixels > 0 && (
        <>
          <span className={styles.unknown} />
          <span>unknown</span>
        </>
      )}
    </figure>
  );
}

/** More labels than this are not named one by one. */
const mostLabels = 12;

function Labels({ fewValues, valueRange }: Pick<SourceInfo, 'fewValues' | 'valueRange'>) {
  const { min, max } = valueRange;
  if (!fewValues)
    return (
      <span className={styles.value}>
        labels {formatNumber(min)}–{formatNumber(max)}
      </span>
    );
  const labels = fewValues.slice(0, mostLabels);
  return (
    <>
      {labels.map((label) => (
        <span key={label} className={styles.label}>
          <LabelSwatch label={label} />
          {formatNumber(label)}
        </span>
      ))}
      {fewValues.length > mostLabels && <span>and {fewValues.length - mostLabels} more</span>}
    </>
  );
}

export const LabelSwatch = ({ label }: { label: number }) => (
  <i className={styles.swatch} style={{ background: labelCss(label) }} />
);
