import type { PixelReading } from '../../electron/contract/engine';
import type { Unit } from '../../electron/contract/sources';
import { useCanvasStatus } from '../canvas/canvasStatus';
import { useProbe } from '../canvas/probe';
import { sourceOf, useDocument } from '../document/documentStore';
import { useInspected } from '../document/inspecting';
import { displayOf } from '../document/scene';
import { type ShownLayer, useView } from '../document/viewStore';
import { formatNumber } from '../ui/numberText';
import { LabelSwatch, unitText } from './Legend';
import styles from './PixelReadout.module.css';

const order = ['guidance', 'target', 'result'] as const satisfies readonly ShownLayer[];

/** Where the pointer is and what every layer holds there, in its own unit. */
export function PixelReadout() {
  const { at, read } = useProbe();
  const layers = useCanvasStatus((status) => status.layers);
  const guidanceUnit = useDocument((state) => sourceOf(state, 'guidance')?.info?.unit ?? 'none');
  const targetUnit = useDocument((state) => sourceOf(state, 'target')?.info?.unit ?? 'none');
  const inspected = useInspected();
  if (!at) return null;
  const place = read?.at ?? at;
  const reading = read?.reading ?? null;
  return (
    <output
      className={styles.readout}
      data-testid="readout"
      aria-label="Values under the pointer"
      aria-busy={place.x !== at.x || place.y !== at.y || !reading}
    >
      <span className={styles.place}>
        x {place.x}&ensp;y {place.y}
      </span>
      {order
        .filter((layer) => layers.includes(layer))
        .map((layer) => (
          <span key={layer} className={styles.layer}>
            <span className={styles.name}>
              {layer === 'result' && inspected ? `iteration ${inspected.iteration}` : layer}
            </span>{' '}
            <Label layer={layer} reading={reading} />
            {valueText(reading, layer, layer === 'guidance' ? guidanceUnit : targetUnit)}
          </span>
        ))}
    </output>
  );
}

/** The colour of a label, for a map that is shown in colours of labels. */
function Label({ layer, reading }: { layer: (typeof order)[number]; reading: PixelReading | null }) {
  const displays = useView((state) => state.displays);
  const isLabel = useDocument((state) => displayOf(state, displays, layer)?.colormap === 'labels');
  const label = reading?.[layer]?.[0];
  return isLabel && label !== undefined ? <LabelSwatch label={label} /> : null;
}

function valueText(
  reading: PixelReading | null,
  layer: 'guidance' | 'target' | 'result',
  unit: Unit,
): string {
  if (!reading) return '…';
  const values = reading[layer];
  if (!values) return layer === 'result' ? '–' : 'unknown';
  return `${values.map((value) => formatNumber(value)).join(' ')} ${unitText(unit)}`.trimEnd();
}
