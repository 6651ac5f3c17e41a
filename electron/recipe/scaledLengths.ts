import type { FilterDescription, ParameterValues } from '../contract/filters';

/**
 * Parameters with all lengths in pixels times `factor`, and what is meant for a pixel divided by it, as near as their ranges and
 * whole numbers allow.
 */
export function scaledLengths(
  filter: Pick<FilterDescription, 'parameters'>,
  values: ParameterValues,
  factor: number,
): ParameterValues {
  const scaled = { ...values };
  for (const parameter of filter.parameters) {
    const value = values[parameter.name];
    if (parameter.kind !== 'number' || typeof value !== 'number') continue;
    const times = { px: factor, '/px': 1 / factor }[parameter.unit];
    if (times === undefined) continue;
    const allowed = Math.min(parameter.max, Math.max(parameter.min, value * times));
    scaled[parameter.name] = parameter.integer ? Math.max(parameter.min, Math.round(allowed)) : allowed;
  }
  return scaled;
}
