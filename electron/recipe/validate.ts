import { SidelightError } from '../contract/errors';
import type { FilterDescription } from '../contract/filters';
import type { Processing, Step } from '../contract/recipe';
import { parameterProblems } from './parameters';

/** Which files a recipe has at hand. */
export interface AvailableInputs {
  readonly target: boolean;
  readonly guidance: boolean;
}

/**
 * Everything that keeps a recipe from being run with these filters and files; empty when it can be. Steps that are
 * switched off are not asked for files, but must be written correctly. `details.path` says where each problem is.
 */
export function processingProblems(
  processing: Processing,
  inputs: AvailableInputs,
  filters: readonly FilterDescription[],
): SidelightError[] {
  const problems: SidelightError[] = [];
  if (!inputs.target) problems.push(targetMissing());
  const seen = new Set<string>();
  for (const [index, step] of processing.steps.entries()) {
    if (seen.has(step.id)) problems.push(repeatedId(step, index));
    seen.add(step.id);
    problems.push(...stepProblems(step, `steps[${index}]`, inputs, filters));
  }
  return problems;
}

function stepProblems(
  step: Step,
  path: string,
  inputs: AvailableInputs,
  filters: readonly FilterDescription[],
): SidelightError[] {
  const filter = filters.find((candidate) => candidate.id === step.filter);
  if (!filter) return [filterUnknown(step.filter, filters, `${path}.filter`)];
  const problems = parameterProblems(filter, step.parameters).map(
    (problem) =>
      new SidelightError(problem.code, problem.message, problem.remedy, {
        ...problem.details,
        path: `${path}.parameters.${problem.details?.parameter}`,
      }),
  );
  if (step.enabled && needsGuidance(step, filter) && !inputs.guidance)
    problems.push(guidanceMissing(filter, path));
  return problems;
}

/** Whether a step cannot do without a guidance picture: a target that guides itself can. */
const needsGuidance = (step: Step, filter: FilterDescription): boolean =>
  filter.guidance === 'required' && step.guidance === 'document';

/** The declaration of a filter by its id. @throws SidelightError filter-unknown */
export function findFilter(filters: readonly FilterDescription[], id: string): FilterDescription {
  const filter = filters.find((candidate) => candidate.id === id);
  if (!filter) throw filterUnknown(id, filters, 'filter');
  return filter;
}

function filterUnknown(id: string, filters: readonly FilterDescription[], path: string): SidelightError {
  return new SidelightError(
    'filter-unknown',
    `There is no filter “${id}”.`,
    `Use one of: ${filters.map((filter) => filter.id).join(', ')}.`,
    { filter: id, path },
  );
}

const targetMissing = () =>
  new SidelightError(
    'target-missing',
    'There is no target to filter.',
    'Open or name the picture to restore.',
    {
      path: 'inputs.target',
    },
  );

const guidanceMissing = (filter: FilterDescription, path: string) =>
  new SidelightError(
    'guidance-missing',
    `The filter “${filter.id}” needs a guidance picture, and there is none.`,
    'Open or name a guidance picture of the same scene.',
    { filter: filter.id, path },
  );

const repeatedId = (step: Step, index: number) =>
  new SidelightError(
    'recipe-invalid',
    `Two steps of the recipe have the id “${step.id}”.`,
    'Give every step an id of its own.',
    { path: `steps[${index}].id` },
  );
