import type { FilterDescription } from '../contract/filters';
import type { Size } from '../contract/geometry';
import type { Preset } from '../contract/presets';
import type { Processing } from '../contract/recipe';
import { scaledLengths } from './scaledLengths';

/**
 * What a preset does with a guidance of that size: its lengths in pixels in proportion to the long side, where it says which
 * they are written for. As it is written while no size is known.
 */
export function presetProcessing(
  { processing, guidanceSide }: Preset,
  filters: readonly FilterDescription[],
  guidance: Size | null,
): Processing {
  if (guidanceSide === undefined || guidance === null) return processing;
  const factor = Math.max(guidance.width, guidance.height) / guidanceSide;
  const steps = processing.steps.map((step) => {
    const filter = filters.find(({ id }) => id === step.filter);
    return filter ? { ...step, parameters: scaledLengths(filter, step.parameters, factor) } : step;
  });
  return { ...processing, steps };
}

/** What the lengths of a preset's steps are measured in; null where in pixels of any guidance. */
export const lengthsMeasure = ({ guidanceSide }: Pick<Preset, 'guidanceSide'>): string | null =>
  guidanceSide === undefined
    ? null
    : `in pixels of a photo with a long side of ${guidanceSide} px; on others in proportion`;
