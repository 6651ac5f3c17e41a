import { ChevronRight, Eye, EyeOff, Info } from 'lucide-react';
import type { Size } from '../../electron/contract/geometry';
import type { SampleType, SourceInfo } from '../../electron/contract/sources';
import { findAction } from '../actions/actions';
import { shortcutLabel } from '../actions/shortcuts';
import { layerTitles } from '../actions/viewActions';
import { sourceOf, useDocument } from '../document/documentStore';
import { type Inspected, useInspected } from '../document/inspecting';
import { isolate, type ShownLayer, toggleLayer, useView } from '../document/viewStore';
import { IconButton } from '../ui/Button';
import { classes } from '../ui/classes';
import { Tip } from '../ui/Tip';
import { LayerDetails } from './LayerDetails';
import styles from './LayerRow.module.css';
import { unitText } from './Legend';
import { Problem } from './Problem';
import { Thumbnail } from './Thumbnail';

interface LayerRowProps {
  layer: ShownLayer;
  open: boolean;
  onToggle(): void;
}

export function LayerRow({ layer, open, onToggle }: LayerRowProps) {
  const role = layer === 'result' ? 'target' : layer;
  const source = useDocument((state) => sourceOf(state, role));
  const result = useDocument((state) => state.info);
  const visible = useView((state) => state.visible[layer]);
  const isolated = useView((state) => state.isolated === layer);
  const inspected = useInspected();
  const notices = source?.info?.notices ?? [];
  const title = layerTitles[layer];
  const [isolateKeys] = findAction(`isolate-${layer}`).shortcuts;
  const facts =
    layer === 'result' ? result && resultFacts(result.size, inspected) : source?.info && factsOf(source.info);
  return (
    <li
      className={classes(styles.layer, !visible && styles.hidden, isolated && styles.isolated)}
      aria-label={title}
      data-drop-role={layer === 'result' ? undefined : layer}
    >
      <div className={styles.row}>
        <Tip label={`Only the ${layer}`} shortcut={isolateKeys && shortcutLabel(isolateKeys)} side="left">
          <button
            type="button"
            className={styles.isolate}
            aria-label={`Only the ${layer}`}
            aria-pressed={isolated}
            onClick={() => isolate(layer)}
          >
            <Thumbnail name={layer} className={styles.thumbnail} />
          </button>
        </Tip>
        <div className={styles.text}>
          <span className={styles.title}>
            {title}
            {layer !== 'result' && source && (
              <span className={styles.name} title={source.file.path ?? source.file.name}>
                {source.file.name}
              </span>
            )}
            {layer !== 'result' && notices.length > 0 && (
              <Tip label={notices.join(' ')} side="left">
                <span role="img" aria-label={`Notes: ${notices.join(' ')}`} className={styles.notes}>
                  <Info size={12} strokeWidth={1.75} aria-hidden />
                </span>
              </Tip>
            )}
          </span>
          <span className={styles.facts} title={facts || undefined}>
            {facts}
          </span>
        </div>
        <IconButton
          icon={visible ? Eye : EyeOff}
          label={`${visible ? 'Hide' : 'Show'} the ${layer}`}
          small
          onClick={() => toggleLayer(layer)}
        />
        <IconButton
          icon={ChevronRight}
          label={`${title} settings`}
          small
          aria-expanded={open}
          className={classes(styles.chevron, open && styles.open)}
          onClick={onToggle}
        />
      </div>
      {layer !== 'result' && source?.error && <Problem error={source.error} className={styles.problem} />}
      {open && <LayerDetails layer={layer} />}
    </li>
  );
}

const resultFacts = ({ width, height }: Size, inspected: Inspected | null) =>
  `${width} × ${height}${inspected ? ` · shown after iteration ${inspected.iteration}` : ''}`;

const bits: Readonly<Record<SampleType, string>> = { u8: '8-bit', u16: '16-bit', f32: 'float' };

function factsOf(info: SourceInfo): string {
  const { size, sampleType, unit, unknownPixels } = info;
  const share = Math.ceil((unknownPixels / (size.width * size.height)) * 100);
  const unknown = unknownPixels > 0 && `${share} % unknown`;
  return [`${size.width} × ${size.height}`, bits[sampleType], unitText(unit), unknown]
    .filter(Boolean)
    .join(' · ');
}
