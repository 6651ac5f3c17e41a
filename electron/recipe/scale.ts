/** The values of a number parameter. `log` ones are passed through in equal ratios and need a positive `min`. */
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

/** Logarithms need positive ends; a declaration that has none is passed through linearly. */
export const isLog = (scale: Pick<Scale, 'min' | 'scale'>) => scale.scale === 'log' && scale.min > 0;

/** Where a value stands between the ends, 0…1; beyond them it counts as the nearer one. */
export function toPosition(value: number, scale: Pick<Scale, 'min' | 'max' | 'scale'>): number {
  const { min, max } = scale;
  if (max <= min) return 0;
  const inside = clamp(value, scale);
  if (isLog(scale)) return Math.log(inside / min) / Math.log(max / min);
  return (inside - min) / (max - min);
}

/** The value at a place between the ends, on the scale's steps. */
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
