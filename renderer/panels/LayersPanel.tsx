import { ArrowLeftRight } from 'lucide-react';
import { useState } from 'react';
import { findAction } from '../actions/actions';
import { shortcutLabel } from '../actions/shortcuts';
import { useEngine } from '../bridge/engineStore';
import { useCanvasStatus } from '../canvas/canvasStatus';
import { useDocument } from '../document/documentStore';
import { swapInputs } from '../document/edits';
import { chooseFiles } from '../document/opening';
import { inSentence, needsNoGuidance, pictureTitle, usePreset } from '../document/presets';
import { type ShownLayer, shownLayers } from '../document/viewStore';
import { IconButton } from '../ui/Button';
import { LayerRow } from './LayerRow';
import styles from './LayersPanel.module.css';
import { OpenProblems } from './OpenProblems';
import { Section } from './Section';

/** The pictures of the document, topmost first. */
export function LayersPanel() {
  const inputs = useDocument((state) => state.work.inputs);
  const layers = useCanvasStatus((status) => status.layers);
  const [open, setOpen] = useState<ShownLayer | null>(null);
  const filters = useEngine((state) => state.description?.filters);
  const unguided = useDocument(({ work }) => needsNoGuidance(work.processing, filters ?? []));
  const isThere = (layer: ShownLayer) =>
    layer === 'result' ? layers.includes(layer) : inputs[layer] !== null;
  const [swapKeys] = findAction('swap').shortcuts;
  return (
    <Section
      title="Layers"
      actions={
        <IconButton
          icon={ArrowLeftRight}
          label="Swap guidance and target"
          shortcut={swapKeys && shortcutLabel(swapKeys)}
          small
          onClick={swapInputs}
        />
      }
    >
      <ul className={styles.layers}>
        {shownLayers.map((layer) => {
          if (isThere(layer))
            return (
              <LayerRow
                key={layer}
                layer={layer}
                open={open === layer}
                onToggle={() => setOpen(open === layer ? null : layer)}
              />
            );
          if (layer === 'result' || (layer === 'guidance' && unguided)) return null;
          return <EmptyRow key={layer} role={layer} />;
        })}
      </ul>
      <OpenProblems className={styles.problem} />
    </Section>
  );
}

const teaching = {
  guidance: 'A sharp picture of the same scene, at least as large as the target',
  target: 'The picture or map to restore',
} as const;

function EmptyRow({ role }: { role: 'guidance' | 'target' }) {
  const preset = usePreset();
  const title = preset && pictureTitle(preset, role);
  return (
    <li>
      <button
        type="button"
        className={styles.empty}
        data-drop-role={role}
        onClick={() => void chooseFiles(role)}
      >
        <strong>Add the {title ? inSentence(title) : role}…</strong>
        <span>{teaching[role]}</span>
      </button>
    </li>
  );
}
