import type { ParameterDescription, ParameterValues } from '../../contract/filters';
import type { DgfModel } from '../networkModel';
import { numberValue } from '../values';
import { clonedOperators, operatorOf } from './operators';

type NumberParameter = Extract<ParameterDescription, { kind: 'number' }>;
type ClonedOperator = (typeof clonedOperators)[number];

/** What the clone of an operator takes, as the exact filter declares it, within the clone's range. */
function parametersOf({ operator, trained, followed }: ClonedOperator): NumberParameter[] {
  const { id, parameters } = operator.description;
  return [...trained, ...followed].map(({ name, min, max }) => {
    const exact = parameters.find((parameter) => parameter.name === name);
    if (exact?.kind !== 'number') throw new TypeError(`${id} has no number “${name}”.`);
    return { ...exact, min, max, usedWhen: [{ parameter: 'operator', values: [id] }] };
  });
}

/** The parameters of all operators that their clones take, each used with its own operator. */
export const operatorParameters: readonly NumberParameter[] = clonedOperators.flatMap(parametersOf);

/** Whether a model is told a parameter of its operator, or has a draft that is made with it. */
function goesBy(model: DgfModel, { name }: NumberParameter): boolean {
  const isThis = (one: { name: string }) => one.name === name;
  if (model.conditions.some(isThis)) return true;
  return model.draft !== null && (operatorOf(model)?.followed.some(isThis) ?? false);
}

/** What of the parameters a model cannot follow, in sentences: it imitates the operator at their defaults. */
export function defaultNotices(model: DgfModel, parameters: ParameterValues): string[] {
  return operatorParameters
    .filter(
      (parameter) =>
        parameter.usedWhen?.some(({ values }) => values.includes(model.operator)) &&
        !goesBy(model, parameter),
    )
    .filter((parameter) => numberValue(parameters, parameter.name) !== parameter.default)
    .map(
      ({ name, title, default: usual }) =>
        `This model knows “${title}” at ${usual} alone: ${numberValue(parameters, name)} makes no difference.`,
    );
}
