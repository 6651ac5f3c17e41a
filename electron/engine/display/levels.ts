import type { Range } from '../../contract/geometry';

/** `(value - from) * scale + shift` is a value's level, not yet clamped. */
export interface Levels {
  readonly from: number;
  readonly scale: number;
  readonly shift: number;
}

/** Levels 0…last over a range; one without extent shows everything in the middle. */
export function levelsOver({ min, max }: Range, last: number): Levels {
  return max > min
    ? { from: min, scale: last / (max - min), shift: 0 }
    : { from: min, scale: 0, shift: last / 2 };
}
