import type { ParameterValues } from '../contract/filters';

/** A number parameter of values that were validated against the filter's declaration. @throws TypeError otherwise */
export function numberValue(parameters: ParameterValues, name: string): number {
  const value = parameters[name];
  if (typeof value !== 'number') throw new TypeError(`Parameter ${name} is not a number: ${value}.`);
  return value;
}

/** A choice parameter of values that were validated against the filter's declaration. @throws TypeError otherwise */
export function choiceValue(parameters: ParameterValues, name: string): string {
  const value = parameters[name];
  if (typeof value !== 'string') throw new TypeError(`Parameter ${name} is not a choice: ${value}.`);
  return value;
}
