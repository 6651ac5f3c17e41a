import { createElement, type SelectHTMLAttributes } from 'react';
import { classes } from './classes';
import styles from './Select.module.css';

export interface Option<T extends string> {
  readonly value: T;
  readonly title: string;
  readonly summary?: string;
  readonly disabled?: boolean;
}

interface SelectProps<T extends string>
  extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'value' | 'onChange' | 'aria-label'> {
  label: string;
  options: readonly Option<T>[];
  value: T;
  onChange(value: T): void;
}

/** One of a few: the browser's own control, so that keys, typing ahead and assistive tools work as people know. */
export function Select<T extends string>({
  label,
  options,
  value,
  onChange,
  className,
  ...rest
}: SelectProps<T>) {
  return (
    <select
      aria-label={label}
      className={classes(styles.select, className)}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as T)}
      {...rest}
    >
      {/* What is chosen, as an element of its own: long names can be shortened there. */}
      <button type="button" className={styles.chosen}>
        {createElement('selectedcontent')}
      </button>
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled} title={option.summary}>
          {option.title}
        </option>
      ))}
    </select>
  );
}
