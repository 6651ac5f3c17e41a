import type { ParameterValues } from '../../contract/filters';
import type { Step } from '../../contract/recipe';
import { defaultStep } from '../../recipe/defaults';
import { dagf } from '../dagf';

/** DAGF as a preset's step: at its defaults but for `parameters` and `change`. */
export function dagfStep(parameters: ParameterValues = {}, change: Partial<Step> = {}): Step {
  const step = defaultStep(dagf.description, 'dagf');
  return { ...step, ...change, parameters: { ...step.parameters, ...parameters } };
}
