import type { ParameterValues } from '../../contract/filters';
import type { Size } from '../../contract/geometry';
import { choiceValue } from '../values';
import { clonedSides, usualSide } from './operators';

/** The side is left to the filter. */
export const automatic = 'auto';

/** What it is chosen from, the coarsest first: finer than what all variants have. */
export const automaticSides: readonly number[] = clonedSides.filter((side) => side > usualSide);

/** So many pixels of a picture to one of its small copy keep the quality, where there is a copy that fine. */
export const mostReduction = 8;

/**
 * The parameters with a side of the small copy for a picture of this size, where it is left to the filter. With the same copy for all,
 * clones get farther from their operators as pictures grow (`docs/results/operators-unseen.md`).
 */
export function withSide(parameters: ParameterValues, { width, height }: Size): ParameterValues {
  if (choiceValue(parameters, 'side') !== automatic) return parameters;
  const wanted = Math.min(width, height) / mostReduction;
  const side = automaticSides.find((one) => one >= wanted) ?? automaticSides.at(-1);
  return { ...parameters, side: String(side) };
}
