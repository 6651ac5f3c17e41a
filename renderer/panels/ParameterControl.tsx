import type { ParameterDescription, ParameterValue } from '../../electron/contract/filters';
import { endGesture } from '../document/documentStore';
import { setParameter } from '../document/edits';
import { classes } from '../ui/classes';
import { Segmented } from '../ui/Segmented';
import { Select } from '../ui/Select';
import { SliderField } from '../ui/SliderField';
import { Switch } from '../ui/Switch';
import { Tip } from '../ui/Tip';
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
  const longest =
    parameter.kind === 'choice' ? Math.max(...parameter.options.map((one) => one.title.length)) : 0;
  return (
    <div className={classes(styles.row, title.length + longest > longestRow && styles.stacked)}>
      <Tip label={summary} side="left">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut; the reset button does the same. */}
        <span className={styles.label} onDoubleClick={() => change(parameter.default)}>
          {title}
          {value !== parameter.default && <i className={styles.mark} />}
        </span>
      </Tip>
      {parameter.kind === 'boolean' ? (
        <Switch label={title} checked={value === true} onChange={change} />
      ) : (
        <Choice parameter={parameter} value={String(value)} onChange={change} />
      )}
    </div>
  );
}

interface ChoiceProps {
  parameter: Extract<ParameterDescription, { kind: 'choice' }>;
  value: string;
  onChange(value: string): void;
}

function Choice({ parameter: { title, options }, value, onChange }: ChoiceProps) {
  const length = options.reduce((sum, option) => sum + option.title.length, 0);
  const Control = options.length <= mostSegments && length <= longestSegments ? Segmented : Select;
  return <Control label={title} options={options} value={value} onChange={onChange} />;
}
