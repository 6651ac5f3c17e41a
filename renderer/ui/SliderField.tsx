import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef } from 'react';
import { fromPosition, type Scale, toPosition } from '../../electron/recipe/scale';
import { classes } from './classes';
import { NumberField } from './NumberField';
import { nudged } from './nudge';
import { formatNumber } from './numberText';
import styles from './SliderField.module.css';
import { Tip } from './Tip';

interface SliderFieldProps {
  label: string;
  summary?: string | undefined;
  value: number;
  defaultValue: number;
  unit: string;
  scale: Scale;
  disabled?: boolean;
  onChange(value: number): void;
  /** The drag, or the typing, is over. */
  onSettle?: () => void;
  /** The pointer or the keyboard has come to it, or has gone. */
  onNear?: (near: boolean) => void;
}

/** Pixels of scrubbing a label across the whole scale. */
const scrubLength = 240;

/** A number as a label to scrub, a track to drag and a field to type in. Double-click puts the default back. */
export function SliderField(props: SliderFieldProps) {
  const { label, summary, value, defaultValue, unit, scale, disabled, onChange, onSettle, onNear } = props;
  const id = useId();
  const track = useRef<HTMLDivElement>(null);
  const drag = useRef<{ x: number; position: number; length: number } | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const position = toPosition(value, scale);
  const origin = toPosition(defaultValue, scale);
  const changed = value !== defaultValue;

  useEffect(() => {
    const element = track.current;
    // React listens to the wheel passively and could not keep the panel from scrolling along.
    const onWheel = (event: WheelEvent) => {
      if (document.activeElement !== element) return;
      event.preventDefault();
      const now = latest.current;
      const key = event.deltaY < 0 ? 'ArrowUp' : 'ArrowDown';
      const next = nudged(now.value, { key, shiftKey: event.shiftKey, altKey: event.altKey }, now.scale);
      if (next !== null && next !== now.value) now.onChange(next);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);

  const move = (share: number) => {
    const next = fromPosition(share, scale);
    if (next !== value) onChange(next);
  };
  const begin = (event: PointerEvent<HTMLElement>, from: number, length: number) => {
    if (disabled || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, position: from, length };
  };
  const onTrack = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    begin(event, share, box.width);
    if (drag.current) move(share);
    event.currentTarget.focus();
  };
  const onMove = (event: PointerEvent<HTMLElement>) => {
    if (drag.current) move(drag.current.position + (event.clientX - drag.current.x) / drag.current.length);
  };
  const onEnd = () => {
    if (drag.current) onSettle?.();
    drag.current = null;
  };
  const reset = () => {
    onChange(defaultValue);
    onSettle?.();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = disabled ? null : nudged(value, event, scale);
    if (next === null) return;
    event.preventDefault();
    if (next !== value) onChange(next);
  };
  const dragging = { onPointerMove: onMove, onPointerUp: onEnd, onPointerCancel: onEnd };
  const ends = [Math.min(position, origin), Math.max(position, origin)] as const;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing is done here, it is only noticed who comes near.
    <div
      className={classes(styles.field, disabled && styles.disabled)}
      onPointerEnter={() => onNear?.(true)}
      onPointerLeave={() => onNear?.(false)}
      onFocus={() => onNear?.(true)}
      onBlur={() => onNear?.(false)}
    >
      <Tip label={summary ?? label} side="left">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: scrubbing is a shortcut; the track takes the keys. */}
        <span
          id={id}
          className={styles.label}
          onPointerDown={(event) => begin(event, position, scrubLength)}
          onDoubleClick={reset}
          {...dragging}
        >
          {label}
          {changed && <i className={styles.mark} />}
        </span>
      </Tip>
      <NumberField
        label={`${label}, value`}
        value={value}
        unit={unit}
        scale={scale}
        changed={changed}
        onChange={onChange}
        {...(disabled ? { disabled } : {})}
        {...(onSettle ? { onSettle } : {})}
      />
      <div
        ref={track}
        role="slider"
        tabIndex={disabled ? -1 : 0}
        aria-labelledby={id}
        aria-valuemin={scale.min}
        aria-valuemax={scale.max}
        aria-valuenow={value}
        aria-valuetext={`${formatNumber(value)} ${unit}`.trim()}
        aria-disabled={disabled}
        className={styles.track}
        onPointerDown={onTrack}
        onDoubleClick={reset}
        onKeyDown={onKeyDown}
        onKeyUp={onSettle}
        onBlur={onSettle}
        {...dragging}
      >
        <span className={styles.rail} />
        <span
          className={styles.fill}
          style={{ left: `${ends[0] * 100}%`, width: `${(ends[1] - ends[0]) * 100}%` }}
        />
        <span className={styles.origin} style={{ left: `${origin * 100}%` }} />
        <span className={styles.thumb} style={{ left: `${position * 100}%` }} />
      </div>
    </div>
  );
}
