import { type KeyboardEvent, useRef, useState } from 'react';
import { type Scale, settle } from '../../electron/recipe/scale';
import { classes } from './classes';
import styles from './NumberField.module.css';
import { nudged } from './nudge';
import { formatNumber, parseNumber } from './numberText';

interface NumberFieldProps {
  label: string;
  value: number;
  unit: string;
  scale: Scale;
  disabled?: boolean;
  /** Set for a value that is not the default. */
  changed?: boolean;
  onChange(value: number): void;
  /** The value stays as it is from here on. */
  onSettle?: () => void;
}

/** A number with its unit: typed, or stepped with the arrow keys. What cannot be read is put back. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, unit, scale, disabled, changed, onChange, onSettle } = props;
  const [text, setText] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const printed = formatNumber(value, scale.scale === 'log' && !scale.integer ? 0 : scale.step);
  const shown = unit === '' ? printed : `${printed} ${unit}`;

  const commit = () => {
    const typed = text === null ? null : parseNumber(text, unit);
    setText(null);
    if (typed !== null) onChange(typedOnScale(typed, scale));
    onSettle?.();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      commit();
      requestAnimationFrame(() => selectFocused(input.current));
    } else if (event.key === 'Escape' && text !== null) {
      event.stopPropagation();
      setText(null);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      const next = nudged(value, event, scale);
      if (next !== null && next !== value) onChange(next);
      setText(null);
    }
  };
  return (
    <input
      ref={input}
      className={classes(styles.field, changed && styles.changed)}
      aria-label={label}
      inputMode="decimal"
      spellCheck={false}
      autoComplete="off"
      disabled={disabled}
      value={text ?? shown}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={commit}
    />
  );
}

/** Selecting would take the focus back from where it has gone meanwhile, and what is typed there with it. */
function selectFocused(input: HTMLInputElement | null): void {
  if (input && document.activeElement === input) input.select();
}

/** Typed values are taken as they are within the range: steps are for dragging. */
function typedOnScale(value: number, scale: Scale): number {
  return scale.integer ? settle(value, scale) : Math.min(scale.max, Math.max(scale.min, value));
}
