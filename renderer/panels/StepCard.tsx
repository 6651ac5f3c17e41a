import { RotateCcw, Trash2 } from 'lucide-react';
import type { FilterDescription } from '../../electron/contract/filters';
import { type Step, stepGuidances } from '../../electron/contract/recipe';
import { useEngine } from '../bridge/engineStore';
import { endGesture } from '../document/documentStore';
import {
  removeStep,
  resetStep,
  setIterations,
  setStepEnabled,
  setStepFilter,
  setStepGuidance,
  setStepOpacity,
} from '../document/edits';
import { setNearOpacity } from '../document/nearOpacity';
import { shownSettings } from '../document/shownSettings';
import { IconButton } from '../ui/Button';
import { classes } from '../ui/classes';
import { Segmented } from '../ui/Segmented';
import { Select } from '../ui/Select';
import { SliderField } from '../ui/SliderField';
import { Switch } from '../ui/Switch';
import { IterationStrip } from './IterationStrip';
import { ParameterControl } from './ParameterControl';
import { Row } from './Section';
import styles from './StepCard.module.css';

const percent = { min: 0, max: 100, step: 1, scale: 'linear', integer: true } as const;
const guidanceTitles = {
  document: { title: 'Guidance', summary: 'The guidance picture shows where edges are' },
  input: { title: 'Itself', summary: 'What comes into the step guides it, anew with each iteration' },
} as const;
const times = { min: 1, max: 20, step: 1, scale: 'linear', integer: true } as const;

/** One filter with its parameters, all from the filter's own declaration. */
export function StepCard({ step, index }: { step: Step; index: number }) {
  const filters = useEngine((state) => state.description?.filters) ?? [];
  const filter = filters.find(({ id }) => id === step.filter);
  const choose = (id: string) => {
    const chosen = filters.find((one) => one.id === id);
    if (chosen) setStepFilter(step.id, chosen);
  };
  const known = filter ? filters : [{ id: step.filter, title: step.filter, summary: '' }, ...filters];
  return (
    <li
      className={classes(styles.card, !step.enabled && styles.off)}
      aria-label={`Step ${index + 1}: ${filter?.title ?? step.filter}`}
    >
      <div className={styles.header}>
        <Switch
          label={`Step ${index + 1} on`}
          checked={step.enabled}
          onChange={(enabled) => setStepEnabled(step.id, enabled)}
        />
        <Select
          label={`Filter of step ${index + 1}`}
          className={styles.filter}
          value={step.filter}
          options={known.map(({ id, title, summary }) => ({ value: id, title, summary }))}
          onChange={choose}
        />
        {filter && (
          <IconButton
            icon={RotateCcw}
            label="Reset to the defaults"
            small
            onClick={() => resetStep(step.id, filter)}
          />
        )}
        <IconButton icon={Trash2} label="Remove the step" small onClick={() => removeStep(step.id)} />
      </div>
      {filter && <Settings step={step} filter={filter} />}
    </li>
  );
}

function Settings({ step, filter }: { step: Step; filter: FilterDescription }) {
  return (
    <div className={styles.settings}>
      <p className={styles.summary} title={filter.paper}>
        {filter.summary}
      </p>
      {shownSettings(step, filter).map(({ parameter, value }) => (
        <ParameterControl key={parameter.name} parameter={parameter} stepId={step.id} value={value} />
      ))}
      {filter.guidance !== 'unused' && (
        <Row label="Guided by">
          <Segmented
            label="Guided by"
            value={step.guidance}
            options={stepGuidances.map((value) => ({ value, ...guidanceTitles[value] }))}
            onChange={(guidance) => setStepGuidance(step.id, guidance)}
          />
        </Row>
      )}
      <SliderField
        label="Iterations"
        summary="How often the filter is applied, each time to its own result"
        value={step.iterations}
        defaultValue={1}
        unit="×"
        scale={times}
        onChange={(value) => setIterations(step.id, value)}
        onSettle={endGesture}
      />
      {step.iterations > 1 && step.enabled && <IterationStrip step={step} />}
      <SliderField
        label={filter.opacityTitle ?? 'Opacity'}
        summary="Share of the filtered picture in the blend with what came in"
        value={Math.round(step.opacity * 100)}
        defaultValue={100}
        unit="%"
        scale={percent}
        onChange={(value) => setStepOpacity(step.id, value / 100)}
        onSettle={endGesture}
        onNear={(near) => setNearOpacity(near ? step.id : null)}
      />
    </div>
  );
}
