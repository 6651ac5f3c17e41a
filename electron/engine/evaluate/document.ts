import type { BoundDocument } from '../../contract/engine';
import { SidelightError } from '../../contract/errors';
import type { Processing, Step } from '../../contract/recipe';
import type { Filter, FilterResources } from '../../filters/filter';
import { labelMapOf } from '../../raster/labels';
import { secondsPerMegapixel } from '../../recipe/cost';
import { processingUntil } from '../../recipe/until';
import { processingProblems } from '../../recipe/validate';
import type { Source } from '../store';
import { type DocumentGeometry, documentGeometry, onResultGrid } from './geometry';
import { stepParameters } from './stepParameters';

/** A document with its sources at hand, checked: it can be evaluated. */
export interface CheckedDocument extends DocumentGeometry {
  readonly target: Source;
  readonly guidance: Source | null;
  readonly processing: BoundDocument['processing'];
}

/**
 * @throws SidelightError target-missing, guidance-missing, filter-unknown, parameter-invalid, target-all-unknown,
 * classes-too-many, target-larger-than-guidance, aspect-mismatch
 */
export function checkDocument(
  document: BoundDocument,
  sources: { target: Source | null; guidance: Source | null },
  filters: readonly Filter[],
): CheckedDocument {
  const processing = processingUntil(document.processing, document.until);
  const [problem] = processingProblems(
    processing,
    { target: sources.target !== null, guidance: sources.guidance !== null },
    filters.map(({ description }) => description),
  );
  if (problem) throw problem;
  const { target, guidance } = sources;
  if (!target) throw new TypeError('Checked just above.');
  if (!target.knownRange) throw allUnknown();
  if (processing.targetValues === 'classes') labelMapOf(target.raster);
  const geometry = documentGeometry(target.info.size, guidance?.info.size ?? null, processing.fit);
  return { ...geometry, target, guidance, processing };
}

/** The enabled steps, each with its filter, its complete parameters, and what is known of its target. */
export function stepsOf(
  { size, factor, target, processing }: CheckedDocument,
  filterById: (id: string) => Filter,
) {
  return processing.steps.filter(isEnabled).map((step, index) => {
    const filter = filterById(step.filter);
    const parameters = stepParameters(filter, step.parameters, size);
    const start = index === 0 ? { factor, noise: noiseOf(target, processing) } : onResultGrid;
    return { step, filter, parameters, start };
  });
}

/** Rough seconds for the whole result on two CPU cores. */
export function secondsFor(
  { size, processing }: CheckedDocument,
  filterById: (id: string) => Filter,
): number {
  const megapixels = (size.width * size.height) / 1e6;
  return processing.steps
    .filter(isEnabled)
    .map(
      ({ filter, parameters, iterations }) =>
        secondsPerMegapixel(filterById(filter).description, parameters) * iterations,
    )
    .reduce((sum, seconds) => sum + seconds * megapixels, 0);
}

/** Rough seconds that networks will take on the processor for the whole result; 0 when no filter asks for one. */
export function networkSeconds(
  checked: CheckedDocument,
  filterById: (id: string) => Filter,
  resources: FilterResources,
): number {
  const megapixels = (checked.size.width * checked.size.height) / 1e6;
  let seconds = 0;
  for (const { step, filter, parameters, start } of stepsOf(checked, filterById)) {
    let asked = false;
    const noting: FilterResources['models'] = (network) => {
      asked = true;
      return resources.models(network);
    };
    filter.tileNeeds(parameters, { ...start, ...resources, models: noting });
    if (asked) seconds += secondsPerMegapixel(filter.description, parameters) * megapixels * step.iterations;
  }
  return seconds;
}

/** Labels are exact: what looks like noise in them is none. */
export const noiseOf = ({ noise }: Source, { targetValues }: Processing): number =>
  targetValues === 'classes' ? 0 : noise;

/** The least factor that the step which sees the target can be given. */
export function leastFactorOf(
  checked: CheckedDocument,
  filterById: (id: string) => Filter,
  resources: FilterResources,
): number {
  const [first] = stepsOf(checked, filterById);
  return first?.filter.leastFactor?.(first.parameters, { ...first.start, ...resources }) ?? 1;
}

export const isEnabled = (step: Step) => step.enabled;

const allUnknown = () =>
  new SidelightError(
    'target-all-unknown',
    'The target has no known pixel: every one is marked as “no measurement”.',
    'If zero is a measurement here, choose “none” as the marker for unknown pixels; else open another target.',
  );
