import { fromPosition, isLog, type Scale, settle, toPosition } from '../../electron/recipe/scale';

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
