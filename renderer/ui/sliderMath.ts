/** What a slider moves through. `log` ones move in equal ratios and need a positive `min`. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly scale: 'linear' | 'log';
  readonly integer: boolean;
}

const clamp = (value: number, { min, max }: Pick<Scale, 'min' | 'max'>) =>
  Math.min(max, Math.max(min, value));
const significantDigits = 3;

/** Logarithms need positive ends; a declaration that has none is moved through linearly. */
const isLog = (scale: Scale) => scale.scale === 'log' && scale.min > 0;

/** Where a value stands on the track, 0…1. */
export function toPosition(value: number, scale: Scale): number {
  const { min, max } = scale;
  if (max <= min) return 0;
  const inside = clamp(value, scale);
  if (isLog(scale)) return Math.log(inside / min) / Math.log(max / min);
  return (inside - min) / (max - min);
}

/** The value at a place on the track, on the scale's steps. */
export function fromPosition(position: number, scale: Scale): number {
  const share = Math.min(1, Math.max(0, position));
  const { min, max } = scale;
  const value = isLog(scale) ? min * (max / min) ** share : min + (max - min) * share;
  return settle(value, scale);
}

/** A value on the scale: inside it, whole if it must be, and without the noise of binary fractions. */
export function settle(value: number, scale: Scale): number {
  const inside = clamp(value, scale);
  if (scale.integer) return clamp(Math.round(inside), scale);
  if (isLog(scale)) return clamp(Number(inside.toPrecision(significantDigits)), scale);
  return clamp(onStep(inside, scale.min, scale.step), scale);
}

function onStep(value: number, min: number, step: number): number {
  if (step <= 0) return value;
  return Number((min + Math.round((value - min) / step) * step).toPrecision(12));
}

export interface Nudge {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const logStep = 0.01;

/** The value after a key: arrows by a step, Shift ×10, Alt ÷10, Home and End to the ends. Null for other keys. */
export function nudged(value: number, { key, shiftKey, altKey }: Nudge, scale: Scale): number | null {
  if (key === 'Home') return scale.min;
  if (key === 'End') return scale.max;
  const direction = directions[key];
  if (direction === undefined) return null;
  const factor = key.startsWith('Page') || shiftKey ? 10 : altKey && !scale.integer ? 0.1 : 1;
  if (isLog(scale)) {
    const moved = toPosition(value, scale) + direction * factor * logStep;
    return ahead(value, fromPosition(moved, scale), direction, scale);
  }
  const fine = { ...scale, step: Math.min(scale.step, scale.step * factor) };
  return settle(value + direction * factor * scale.step, fine);
}

const directions: Readonly<Record<string, 1 | -1>> = {
  ArrowUp: 1,
  ArrowRight: 1,
  PageUp: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageDown: -1,
};

/** Small ratios of whole numbers can round back to where they came from: then it is one further. */
function ahead(before: number, after: number, direction: 1 | -1, scale: Scale): number {
  if (after !== before) return after;
  return settle(before + direction * (scale.integer ? 1 : before * 0.01), scale);
}
