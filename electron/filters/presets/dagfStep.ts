import type { ParameterValues } from '../../contract/filters';
import type { Step } from '../../contract/recipe';
import { dagf } from '../dagf';
import { presetStep } from './presetStep';

/** DAGF as a preset's step: at its defaults but for `parameters` and `change`. */
export const dagfStep = (parameters: ParameterValues = {}, change: Partial<Step> = {}): Step =>
  presetStep(dagf, parameters, change);
