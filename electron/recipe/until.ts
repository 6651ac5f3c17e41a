import type { BoundDocument } from '../contract/engine';
import type { Processing } from '../contract/recipe';

/** The processing that ends with this iteration of this step; all of it where nothing says otherwise, or no such step is on. */
export function processingUntil(processing: Processing, until: BoundDocument['until']): Processing {
  const last = until ? processing.steps.findIndex((step) => step.id === until.step && step.enabled) : -1;
  if (!until || last < 0) return processing;
  const steps = processing.steps
    .slice(0, last + 1)
    .map((step, index) =>
      index === last ? { ...step, iterations: Math.min(step.iterations, until.iteration) } : step,
    );
  return { ...processing, steps };
}
