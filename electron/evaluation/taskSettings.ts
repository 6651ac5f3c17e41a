import type { ParameterValues } from '../contract/filters';
import { presets } from '../filters/presets/list';
import { defaultParameters } from '../recipe/parameters';
import type { RunSettings } from './comparison';
import type { Contender } from './contenders';

/**
 * What a filter is run with for a task: as the task's preset sets it where the preset uses it, otherwise at its
 * defaults, lengths as the preset writes them whatever the picture's size (the papers' protocols); `chosen` parameters by
 * filter go before both, a variant's own before all.
 */
export function taskSettings(
  { filter, parameters }: Contender,
  presetId: string,
  chosen: Readonly<Record<string, ParameterValues>>,
): RunSettings {
  const step = presets
    .find((preset) => preset.id === presetId)
    ?.processing.steps.find((one) => one.filter === filter.id);
  return {
    parameters: { ...defaultParameters(filter), ...step?.parameters, ...chosen[filter.id], ...parameters },
    iterations: step?.iterations ?? 1,
  };
}
