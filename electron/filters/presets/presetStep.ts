import type { ParameterValues } from '../../contract/filters';
import type { Step } from '../../contract/recipe';
import { defaultStep } from '../../recipe/defaults';
import type { Filter } from '../filter';

/** A filter as a preset's step: at its defaults but for `parameters` and `change`. Its id is the filter's. */
export function presetStep(
  { description }: Filter,
  parameters: ParameterValues,
  change: Partial<Step> = {},
): Step {
  const step = defaultStep(description, description.id);
  return { ...step, ...change, parameters: { ...step.parameters, ...parameters } };
}
