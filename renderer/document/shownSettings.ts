import type {
  FilterDescription,
  ParameterDescription,
  ParameterValue,
  ParameterValues,
} from '../../electron/contract/filters';
import { isUsed } from '../../electron/recipe/parameters';

interface ShownSetting {
  readonly parameter: ParameterDescription;
  readonly value: ParameterValue;
}

/** What makes no difference at these settings or is filled in without being asked for is not shown. */
export function shownSettings(
  { parameters }: { readonly parameters: ParameterValues },
  filter: FilterDescription,
): ShownSetting[] {
  return filter.parameters
    .filter(({ kind }) => kind !== 'fingerprint')
    .filter((parameter) => isUsed(parameter, filter, parameters))
    .map((parameter) => ({ parameter, value: parameters[parameter.name] ?? parameter.default }));
}
