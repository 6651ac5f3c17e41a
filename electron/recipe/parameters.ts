import { SidelightError } from '../contract/errors';
import type {
  FilterDescription,
  ParameterDescription,
  ParameterValue,
  ParameterValues,
} from '../contract/filters';
import { fingerprintSchema } from '../contract/fingerprint';

/** Every parameter of a filter at its declared default. */
export function defaultParameters(filter: Pick<FilterDescription, 'parameters'>): ParameterValues {
  return Object.fromEntries(filter.parameters.map((parameter) => [parameter.name, parameter.default]));
}

/** Whether a parameter makes a difference at these values; what they leave out is at its default. */
export function isUsed(
  { usedWhen }: Pick<ParameterDescription, 'usedWhen'>,
  filter: Pick<FilterDescription, 'parameters'>,
  values: ParameterValues,
): boolean {
  return (usedWhen ?? []).every((needed) => {
    const other = filter.parameters.find(({ name }) => name === needed.parameter);
    return !other || needed.values.includes(String(values[other.name] ?? other.default));
  });
}

/** What a parameter accepts, as people read it: “1…64 px, whole”, “I_0, I_1 or I_2”, “true or false”. */
export function acceptedValues(parameter: ParameterDescription): string {
  if (parameter.kind === 'boolean') return 'true or false';
  if (parameter.kind === 'choice') return inWords(parameter.options.map((option) => option.value));
  if (parameter.kind === 'file')
    return parameter.extensions
      ? `the path of ${inWords(parameter.extensions.map((end) => `a .${end}`))} file`
      : 'the path of a picture';
  if (parameter.kind === 'fingerprint') return 'what Sidelight fills in';
  const unit = parameter.unit === '' ? '' : ` ${parameter.unit}`;
  return `${parameter.min}…${parameter.max}${unit}${parameter.integer ? ', whole' : ''}`;
}

/** Everything wrong with a step's parameters against the filter's declaration; empty when they can be used. */
export function parameterProblems(filter: FilterDescription, values: ParameterValues): SidelightError[] {
  const problems: SidelightError[] = [];
  for (const [name, value] of Object.entries(values)) {
    const parameter = filter.parameters.find((candidate) => candidate.name === name);
    if (!parameter) problems.push(unknownParameter(filter, name));
    else if (!isAccepted(parameter, value)) problems.push(notAccepted(filter, parameter, value));
  }
  return problems;
}

/**
 * A step's parameters ready for the filter: checked, and completed with the defaults of what is not mentioned.
 * @throws SidelightError parameter-invalid
 */
export function completeParameters(filter: FilterDescription, values: ParameterValues): ParameterValues {
  const [first] = parameterProblems(filter, values);
  if (first) throw first;
  return { ...defaultParameters(filter), ...values };
}

/**
 * A parameter's value as typed, by the kind the filter declares for it.
 * @throws SidelightError parameter-invalid
 */
export function parseParameter(filter: FilterDescription, name: string, text: string): ParameterValue {
  const parameter = filter.parameters.find((candidate) => candidate.name === name);
  if (!parameter) throw unknownParameter(filter, name);
  const value = readText(parameter, text.trim());
  if (value === null || !isAccepted(parameter, value)) throw notAccepted(filter, parameter, text);
  return value;
}

function readText(parameter: ParameterDescription, text: string): ParameterValue | null {
  if (parameter.kind === 'choice' || parameter.kind === 'file' || parameter.kind === 'fingerprint')
    return text;
  if (parameter.kind === 'number') return text === '' ? null : Number(text);
  if (text === 'true' || text === 'false') return text === 'true';
  return null;
}

function isAccepted(parameter: ParameterDescription, value: ParameterValue): boolean {
  if (parameter.kind === 'boolean') return typeof value === 'boolean';
  if (parameter.kind === 'choice') return parameter.options.some((option) => option.value === value);
  if (parameter.kind === 'file') return typeof value === 'string';
  if (parameter.kind === 'fingerprint') return value === '' || fingerprintSchema.safeParse(value).success;
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  return value >= parameter.min && value <= parameter.max && (!parameter.integer || Number.isInteger(value));
}

function unknownParameter(filter: FilterDescription, name: string): SidelightError {
  const names = filter.parameters.map((parameter) => parameter.name);
  return new SidelightError(
    'parameter-invalid',
    `The filter “${filter.id}” has no parameter “${name}”.`,
    names.length === 0
      ? `“${filter.id}” has no parameters: leave it out.`
      : `Its parameters are ${inWords(names, 'and')}.`,
    { filter: filter.id, parameter: name },
  );
}

function notAccepted(
  filter: FilterDescription,
  parameter: ParameterDescription,
  value: ParameterValue,
): SidelightError {
  return new SidelightError(
    'parameter-invalid',
    `The parameter “${parameter.name}” of “${filter.id}” cannot be “${value}”.`,
    `Give it ${acceptedValues(parameter)}; its default is ${parameter.default === '' ? 'none' : parameter.default}.`,
    { filter: filter.id, parameter: parameter.name, value },
  );
}

function inWords(words: readonly string[], conjunction: 'and' | 'or' = 'or'): string {
  if (words.length < 2) return words.join();
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}
