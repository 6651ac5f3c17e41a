import type {
  FilterDescription,
  ParameterDescription,
  ParameterValue,
  ParameterValues,
} from '../../electron/contract/filters';
import { isUsed, valueInUse, withOffered } from '../../electron/recipe/parameters';

interface ShownSetting {
  /** With the options that are offered. */
  readonly parameter: ParameterDescription;
  /** What is used: of a choice always one that is offered, though the recipe may keep another. */
  readonly value: ParameterValue;
}

/** What makes no difference at these settings, leaves no choice or is filled in without being asked for is not shown. */
export function shownSettings(
  { parameters }: { readonly parameters: ParameterValues },
  filter: FilterDescription,
): ShownSetting[] {
  return filter.parameters
    .filter(({ kind }) => kind !== 'fingerprint')
    .filter((parameter) => isUsed(parameter, filter, parameters))
    .map((parameter) => ({
      parameter: withOffered(parameter, filter, parameters),
      value: valueInUse(parameter, filter, parameters),
    }))
    .filter(({ parameter }) => parameter.kind !== 'choice' || parameter.options.length > 1);
}
