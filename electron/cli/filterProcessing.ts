import type { FilterDescription } from '../contract/filters';
import type { Size } from '../contract/geometry';
import type { Preset } from '../contract/presets';
import type { Fit, Processing, Step, UnknownPolicy } from '../contract/recipe';
import { defaultStep, newRecipe } from '../recipe/defaults';
import { presetProcessing } from '../recipe/presetProcessing';
import { findFilter } from '../recipe/validate';
import { parseSettings, usageError } from './options';

/** What the user said about the processing; anything left out is the preset's, or the default. */
export interface ProcessingWishes {
  readonly preset?: string | undefined;
  readonly set?: readonly string[] | undefined;
  readonly fit?: Fit | undefined;
  readonly unknown?: UnknownPolicy | undefined;
  readonly classes?: boolean | undefined;
  readonly selfGuided?: boolean | undefined;
  readonly iterations?: number | undefined;
  readonly opacity?: number | undefined;
}

/** What there is to choose from. */
interface Offered {
  readonly filters: readonly FilterDescription[];
  readonly presets: readonly Preset[];
}

/**
 * One filter, by its id or as a preset sets it, with the user's wishes on top.
 * @param guidance a preset's lengths may go by its size; null while it is not known
 * @throws SidelightError usage, filter-unknown, parameter-invalid
 */
export function chooseProcessing(
  filterId: string | undefined,
  wishes: ProcessingWishes,
  { filters, presets }: Offered,
  guidance: Size | null = null,
): Processing {
  const base =
    wishes.preset === undefined
      ? plain(filterId, filters)
      : presetProcessing(presetOf(wishes.preset, presets, filterId), filters, guidance);
  const step = base.steps[0]!;
  const parameters = parseSettings(findFilter(filters, step.filter), wishes.set ?? []);
  const changed: Step = {
    ...step,
    parameters: { ...step.parameters, ...parameters },
    iterations: wishes.iterations ?? step.iterations,
    guidance: guidanceOf(wishes, step),
    opacity: wishes.opacity ?? step.opacity,
  };
  return {
    fit: wishes.fit ?? base.fit,
    unknown: wishes.unknown ?? base.unknown,
    targetValues: wishes.classes ? 'classes' : base.targetValues,
    steps: [changed],
  };
}

function guidanceOf({ selfGuided }: ProcessingWishes, step: Step): Step['guidance'] {
  if (selfGuided === undefined) return step.guidance;
  return selfGuided ? 'input' : 'document';
}

function plain(filterId: string | undefined, filters: readonly FilterDescription[]): Processing {
  if (filterId === undefined)
    throw usageError(
      'Neither a filter nor a preset is named.',
      'Name a filter (“sidelight filters” lists them) or add --preset (“sidelight presets”).',
    );
  const { fit, unknown, targetValues } = newRecipe();
  return { fit, unknown, targetValues, steps: [defaultStep(findFilter(filters, filterId), filterId)] };
}

function presetOf(id: string, presets: readonly Preset[], filterId: string | undefined): Preset {
  const preset = presets.find((candidate) => candidate.id === id);
  if (!preset)
    throw usageError(
      `There is no preset “${id}”.`,
      `Use one of: ${presets.map((candidate) => candidate.id).join(', ')}.`,
    );
  const used = preset.processing.steps[0]?.filter;
  if (filterId !== undefined && filterId !== used)
    throw usageError(
      `The preset “${id}” is one of the filter “${used}”, not of “${filterId}”.`,
      'Leave one of the two out.',
    );
  return preset;
}

/** The parameters that are not as written for a guidance of unknown size, in sentences. */
export function suitedLengths(written: Processing, suited: Processing): string[] {
  return suited.steps.flatMap(({ parameters }, index) => {
    const before = written.steps[index]?.parameters ?? {};
    return Object.entries(parameters)
      .filter(([name, value]) => value !== before[name])
      .map(([name, value]) => `${name} is ${value} for a photo of this size: ${before[name]} in the preset.`);
  });
}
