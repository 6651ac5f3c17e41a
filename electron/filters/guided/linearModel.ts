import type { EmitRow, ModelInput } from './model';
import { scalarModel } from './scalarModel';
import { hasVectors, vectorColourModel } from './vectorModel';

/**
 * The guided filter's local linear model (He, Sun & Tang 2013, eqs. 5, 6, 8; in colour eqs. 19–21): for every pixel the
 * mean slopes and the mean intercept of all windows that cover it, row by row from the top. Cost per pixel does not
 * depend on the radius.
 */
export function linearModel(input: ModelInput, emit: EmitRow): void {
  if (input.guidanceChannels === 3 && hasVectors()) vectorColourModel(input, emit);
  else scalarModel(input, emit);
}
