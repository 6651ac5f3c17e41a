import type { ParameterDescription, ParameterValue } from '../../electron/contract/filters';
import { endGesture } from '../document/documentStore';
import { setParameter } from '../document/edits';
import { classes } from '../ui/classes';
import { Segmented } from '../ui/Segmented';
import { Select } from '../ui/Select';
import { SliderField } from '../ui/SliderField';
import { Switch } from '../ui/Switch';
import { Tip } from '../ui/Tip';
import { FileField } from './FileField';
import styles from './ParameterControl.module.css';

interface ParameterControlProps {
  parameter: ParameterDescription;
  stepId: string;
  value: ParameterValue;
}

/** More options than this, or longer names, do not fit side by side. */
const mostSegments = 4;
const longestSegments = 24;
/** Longer names and options stand below each other. */
const longestRow = 34;

export function ParameterControl({ parameter, stepId, value }: ParameterControlProps) {
  const { name, title, summary } = parameter;
  if (parameter.kind === 'number')
    return (
      <SliderField
        label={title}
        summary={summary}
        value={Number(value)}
        defaultValue={parameter.default}
        unit={parameter.unit}
        scale={parameter}
        onChange={(next) => setParameter(stepId, name, next, true)}
        onSettle={endGesture}
      />
    );
  const change = (next: ParameterValue) => setParameter(stepId, name, next, false);
  return (
    <div className={classes(styles.row, title.length + widthOf(parameter) > longestRow && styles.stacked)}>
      <Tip label={summary} side="left">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut; the reset button does the same. */}
        <span className={styles.label} onDoubleClick={() => change(parameter.default)}>
          {title}
          {value !== parameter.default && <i className={styles.mark} />}
        </span>
      </Tip>
      <Control parameter={parameter} stepId={stepId} value={value} onChange={change} />
    </div>
  );
}

interface ControlProps extends ParameterControlProps {
  parameter: Exclude<ParameterDescription, { kind: 'number' }>;
  onChange(value: ParameterValue): void;
}

function Control({ parameter, stepId, value, onChange }: ControlProps) {
  switch (parameter.kind) {
    case 'boolean':
      return <Switch label={parameter.title} checked={value === true} onChange={onChange} />;
    case 'choice':
      return <Choice parameter={parameter} value={String(value)} onChange={onChange} />;
    case 'file':
      return <FileField parameter={parameter} stepId={stepId} value={String(value)} />;
    case 'fingerprint':
      // Filled in with the file.
      return null;
  }
}

interface ChoiceProps {
  parameter: Extract<ParameterDescription, { kind: 'choice' }>;
  value: string;
  onChange(value: string): void;
}

const lengths = ({ options }: ChoiceProps['parameter']) => options.map(({ title }) => title.length);
const total = (parameter: ChoiceProps['parameter']) => lengths(parameter).reduce((sum, one) => sum + one, 0);
const isSegmented = (parameter: ChoiceProps['parameter']) =>
  parameter.options.length <= mostSegments && total(parameter) <= longestSegments;

/** How wide a control is, in characters. */
function widthOf(parameter: ParameterDescription): number {
  if (parameter.kind !== 'choice') return 0;
  return isSegmented(parameter) ? total(parameter) : Math.max(...lengths(parameter));
}

function Choice({ parameter, value, onChange }: ChoiceProps) {
  const { title, options } = parameter;
  const Control = isSegmented(parameter) ? Segmented : Select;
  return <Control label={title} options={options} value={value} onChange={onChange} />;
}
