import type { FilterDescription, ParameterValues } from '../contract/filters';

/** Rough seconds per megapixel of result that a filter takes on two CPU cores, once, as it is set; defaults where nothing is. */
export function secondsPerMegapixel(
  filter: Pick<FilterDescription, 'parameters' | 'secondsPerMegapixel'>,
  values: ParameterValues,
): number {
  return filter.parameters.reduce((seconds, parameter) => {
    if (parameter.kind !== 'choice') return seconds;
    const chosen = values[parameter.name] ?? parameter.default;
    return seconds * (parameter.options.find(({ value }) => value === chosen)?.times ?? 1);
  }, filter.secondsPerMegapixel);
}
