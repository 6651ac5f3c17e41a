import type { ParameterDescription, ParameterValues } from '../../contract/filters';
import { toPosition } from '../../recipe/scale';
import type { NetworkTensor } from '../filter';
import type { DgfModel } from '../networkModel';
import { numberValue } from '../values';
import { clonedOperators } from './operators';

type NumberParameter = Extract<ParameterDescription, { kind: 'number' }>;

/** What an operator's networks are told, as the exact filter declares it, within the range that they are trained on. */
function trainedParameters({ operator, trained }: (typeof clonedOperators)[number]): NumberParameter[] {
  const { id, parameters } = operator.description;
  return trained.map(({ name, min, max }) => {
    const exact = parameters.find((parameter) => parameter.name === name);
    if (exact?.kind !== 'number') throw new TypeError(`${id} has no number “${name}”.`);
    return { ...exact, min, max, usedWhen: [{ parameter: 'operator', values: [id] }] };
  });
}

/** The parameters of all operators that networks may be told, each used with its own operator. */
export const conditionParameters: readonly NumberParameter[] = clonedOperators.flatMap(trainedParameters);

/**
 * What a model is told of an operator's parameters: [1, n, 1, 1], each 0…1 over the range that it was trained on, beyond it
 * the nearer end; null for a model that knows the defaults alone.
 */
export function conditionOf({ conditions }: DgfModel, parameters: ParameterValues): NetworkTensor | null {
  if (conditions.length === 0) return null;
  const places = conditions.map((condition) =>
    toPosition(numberValue(parameters, condition.name), condition),
  );
  return { data: Float32Array.from(places), channels: places.length, height: 1, width: 1 };
}

/** What of the parameters a model cannot follow, in sentences: it imitates the operator at their defaults. */
export function conditionNotices({ operator, conditions }: DgfModel, parameters: ParameterValues): string[] {
  return conditionParameters
    .filter(
      ({ name, usedWhen }) =>
        usedWhen?.some(({ values }) => values.includes(operator)) &&
        !conditions.some((one) => one.name === name),
    )
    .filter((parameter) => numberValue(parameters, parameter.name) !== parameter.default)
    .map(
      ({ name, title, default: usual }) =>
        `This model knows “${title}” at ${usual} alone: ${numberValue(parameters, name)} makes no difference.`,
    );
}
