import type { Range } from '../../electron/contract/geometry';
import type { Unit } from '../../electron/contract/sources';
import { NumberField } from '../ui/NumberField';
import { unitText } from './Legend';
import styles from './RangeFields.module.css';

interface RangeFieldsProps {
  range: Range;
  unit: Unit;
  onChange(range: Range): void;
}

/** Two ends of a range; the lower one stays below the upper. */
export function RangeFields({ range, unit, onChange }: RangeFieldsProps) {
  const step = Math.max(1e-6, 10 ** Math.floor(Math.log10(Math.max(range.max - range.min, 1e-6)) - 2));
  const free = { min: -1e12, max: 1e12, step, scale: 'linear', integer: false } as const;
  return (
    <span className={styles.range}>
      <NumberField
        label="Lower end"
        value={range.min}
        unit=""
        scale={free}
        onChange={(min) => min < range.max && onChange({ ...range, min })}
      />
      <span aria-hidden>–</span>
      <NumberField
        label="Upper end"
        value={range.max}
        unit={unitText(unit)}
        scale={free}
        onChange={(max) => max > range.min && onChange({ ...range, max })}
      />
    </span>
  );
}
