import type { BoundDocument } from '../../electron/contract/engine';
import type { ErrorData } from '../../electron/contract/errors';
import type { FilterDescription } from '../../electron/contract/filters';
import type { Size } from '../../electron/contract/geometry';
import type { ExportSettings, Processing, Step } from '../../electron/contract/recipe';
import type { OpenedFile } from '../../electron/contract/shell';
import type { SourceInfo, Unit, UnknownMarker } from '../../electron/contract/sources';
import { defaultStep, newRecipe } from '../../electron/recipe/defaults';

export type InputRole = 'guidance' | 'target';

/** Which opened file plays a role, and how it is read. */
export type InputChoice = {
  readonly sourceId: string;
  readonly unit: Unit;
  readonly unknownMarker: UnknownMarker;
};

/** What the user works on and can undo: the recipe, with its files bound to opened sources. */
export type Work = {
  readonly inputs: { readonly guidance: InputChoice | null; readonly target: InputChoice | null };
  /** Which preset the processing began as; null when it followed from the files. */
  readonly preset: string | null;
  readonly processing: Processing;
  /** Null until the user has chosen otherwise than what follows from the target. */
  readonly export: ExportSettings | null;
};

/** An opened file. Pixels are in the engine; `info` is what it said about them. */
export interface Source {
  readonly sourceId: string;
  readonly file: OpenedFile;
  readonly info: SourceInfo | null;
  readonly error: ErrorData | null;
  /** How the engine last read it; tells when it has to be read again. */
  readonly readAs: string | null;
  /** Counts readings, so that nothing drawn from an older one is taken for a new one. */
  readonly reading: number;
}

export function newWork(): Work {
  const { fit, unknown, targetValues, steps } = newRecipe();
  return {
    inputs: { guidance: null, target: null },
    preset: null,
    processing: { fit, unknown, targetValues, steps },
    export: null,
  };
}

/** The document as the engine takes it; roles whose file has not been read are empty. */
export function boundDocument(work: Work, sources: Readonly<Record<string, Source>>): BoundDocument {
  const ready = (role: InputRole) => {
    const choice = work.inputs[role];
    return choice && sources[choice.sourceId]?.info ? choice.sourceId : null;
  };
  return { target: ready('target'), guidance: ready('guidance'), processing: work.processing };
}

/** The filter a pair is opened with: the first of the engine's list that is good for the files at hand. */
function preferredFilter(
  filters: readonly FilterDescription[],
  guidance: Size | null,
  target: Size | null,
): FilterDescription | null {
  const factor =
    guidance && target ? Math.sqrt((guidance.width * guidance.height) / (target.width * target.height)) : 1;
  // What never looks at a guidance is for those who ask for it: of a single picture the other one is still to come.
  const fits = ({ guidance: need, leastFactor }: FilterDescription) =>
    factor >= leastFactor && (need === 'optional' || (need === 'required' && guidance !== null));
  return filters.find(fits) ?? filters[0] ?? null;
}

/** A first step where there is none yet, or in place of a default one that no longer fits the files. */
export function withFirstStep(
  work: Work,
  filters: readonly FilterDescription[],
  sizeOf: (sourceId: string) => Size | null,
): Work {
  const { guidance, target } = work.inputs;
  const filter = preferredFilter(
    filters,
    guidance && sizeOf(guidance.sourceId),
    target && sizeOf(target.sourceId),
  );
  if (!filter || !target) return work;
  const { steps } = work.processing;
  if (work.preset !== null && steps.length > 0) return work;
  const replaceable = steps.length === 0 || (steps.length === 1 && isUntouched(steps[0]!, filters));
  if (!replaceable || steps[0]?.filter === filter.id) return work;
  return { ...work, processing: { ...work.processing, steps: [defaultStep(filter, newStepId())] } };
}

export const newStepId = () => crypto.randomUUID();

function isUntouched(step: Step, filters: readonly FilterDescription[]): boolean {
  const filter = filters.find((candidate) => candidate.id === step.filter);
  return filter !== undefined && JSON.stringify(defaultStep(filter, step.id)) === JSON.stringify(step);
}
