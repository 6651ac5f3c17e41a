import type { ParameterValues } from '../../contract/filters';
import type { Size } from '../../contract/geometry';
import type { Filter } from '../../filters/filter';
import { completeParameters } from '../../recipe/parameters';

/**
 * A step's parameters as its filter takes them: checked, complete, and with what the filter itself chooses by the result's size.
 * @param whole the result at full size, for previews as well: they are to choose what the export does
 * @throws SidelightError parameter-invalid
 */
export function stepParameters(
  { description, settled }: Pick<Filter, 'description' | 'settled'>,
  given: ParameterValues,
  whole: Size,
): ParameterValues {
  const parameters = completeParameters(description, given);
  return settled?.(parameters, whole) ?? parameters;
}
