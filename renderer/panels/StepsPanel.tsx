import { Info, Plus } from 'lucide-react';
import { type Fit, fits, unknownPolicies } from '../../electron/contract/recipe';
import { useEngine } from '../bridge/engineStore';
import { sourceOf, useDocument } from '../document/documentStore';
import { addStep, setFit, setUnknownPolicy } from '../document/edits';
import { IconButton } from '../ui/Button';
import { Menu, MenuItem } from '../ui/Menu';
import { Segmented } from '../ui/Segmented';
import { PresetPicker } from './PresetPicker';
import { Row, Section } from './Section';
import { StepCard } from './StepCard';
import styles from './StepsPanel.module.css';

/** What is done to the target, from the first step to the last. */
export function StepsPanel() {
  const steps = useDocument((state) => state.work.processing.steps);
  const notices = useDocument((state) => state.info?.notices);
  return (
    <Section title="Steps" actions={<AddStep />}>
      <div className={styles.preset}>
        <PresetPicker />
      </div>
      {steps.length === 0 && (
        <p className={styles.empty}>No filter yet. Add one to see what the guidance makes of the target.</p>
      )}
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          <StepCard key={step.id} step={step} index={index} />
        ))}
      </ol>
      {notices?.map((notice) => (
        <p key={notice} className={styles.notice}>
          <Info size={12} strokeWidth={1.75} aria-hidden />
          <span>{notice}</span>
        </p>
      ))}
      <PairControls />
    </Section>
  );
}

function AddStep() {
  const filters = useEngine((state) => state.description?.filters);
  return (
    <Menu label="Add a step" align="end" wide trigger={<IconButton icon={Plus} label="Add a step" small />}>
      {filters?.map((filter) => (
        <MenuItem
          key={filter.id}
          title={filter.title}
          detail={filter.summary}
          onSelect={() => addStep(filter)}
        />
      ))}
    </Menu>
  );
}

const fitTitles: Readonly<Record<Fit, { title: string; summary: string }>> = {
  refuse: { title: 'Ask', summary: 'Say so when the shapes differ, and do nothing by itself' },
  crop: { title: 'Crop', summary: 'Use the middle of the guidance, in the target’s shape' },
  stretch: { title: 'Stretch', summary: 'Stretch the target over the whole guidance' },
};
const policyTitles = {
  keep: { title: 'Keep', summary: 'Pixels without a value stay without one' },
  complete: { title: 'Complete', summary: 'The filter fills pixels without a value' },
} as const;

/** How the two pictures are brought together. */
function PairControls() {
  const { fit, unknown } = useDocument((state) => state.work.processing);
  const hasUnknown = useDocument((state) => (sourceOf(state, 'target')?.info?.unknownPixels ?? 0) > 0);
  const isPair = useDocument(({ work }) => work.inputs.guidance !== null && work.inputs.target !== null);
  return (
    <div className={styles.pair}>
      {isPair && (
        <Row label="If shapes differ">
          <Segmented
            label="If shapes differ"
            value={fit}
            options={fits.map((value) => ({ value, ...fitTitles[value] }))}
            onChange={setFit}
          />
        </Row>
      )}
      {hasUnknown && (
        <Row label="Unknown pixels">
          <Segmented
            label="Unknown pixels"
            value={unknown}
            options={unknownPolicies.map((value) => ({ value, ...policyTitles[value] }))}
            onChange={setUnknownPolicy}
          />
        </Row>
      )}
    </div>
  );
}
