import { type Command, Option } from 'commander';
import { deviceChoiceSchema } from '../contract/devices';
import { SidelightError } from '../contract/errors';
import type { FilterDescription, ParameterValues } from '../contract/filters';
import type { Range } from '../contract/geometry';
import { parseParameter } from '../recipe/parameters';

export const usageError = (message: string, remedy: string) => new SidelightError('usage', message, remedy);

export const deviceOption = () =>
  new Option('--device <device>', 'what runs the networks')
    .choices(deviceChoiceSchema.options)
    .default('auto');

/** `--json` and `--quiet`, on every command alike. */
export function withOutputOptions(command: Command): Command {
  return command
    .option('--json', 'one JSON object on stdout, errors too: {"error": …}')
    .option('--quiet', 'no progress and no remarks on stderr');
}

/** For options that may be given more than once. */
export const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** For options that take a list: `4,8,16`. */
export const commaList = (value: string): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/**
 * `name=value` as typed after `--set`, read by the filter's declaration.
 * @throws SidelightError usage, parameter-invalid
 */
export function parseSettings(filter: FilterDescription, settings: readonly string[]): ParameterValues {
  const values: ParameterValues = {};
  for (const setting of settings) {
    const equals = setting.indexOf('=');
    if (equals < 1) {
      throw usageError(
        `“--set ${setting}” sets nothing.`,
        `Write --set name=value; “sidelight filters” lists the names for ${filter.id}.`,
      );
    }
    const name = setting.slice(0, equals).trim();
    values[name] = parseParameter(filter, name, setting.slice(equals + 1));
  }
  return values;
}

/** `min:max`, two numbers, the first below the second. @throws SidelightError usage */
export function parseRange(text: string): Range {
  const [min, max, ...rest] = text.split(':').map((end) => (end.trim() === '' ? Number.NaN : Number(end)));
  if (
    min === undefined ||
    max === undefined ||
    rest.length > 0 ||
    !(Number.isFinite(min) && Number.isFinite(max)) ||
    min >= max
  ) {
    throw usageError(`“${text}” is no range.`, 'Write the lower and the upper value, as in --range 0:255.');
  }
  return { min, max };
}

/** A number between two ends, for options that are no filter parameters. @throws SidelightError usage */
export function numberIn(name: string, ends: Range, whole: boolean): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!(value >= ends.min && value <= ends.max) || (whole && !Number.isInteger(value))) {
      throw usageError(
        `“${text}” is not possible for ${name}.`,
        `Give it a ${whole ? 'whole number' : 'number'} from ${ends.min} to ${ends.max}.`,
      );
    }
    return value;
  };
}
