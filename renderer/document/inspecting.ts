import type { BoundDocument } from '../../electron/contract/engine';
import type { Processing, Step } from '../../electron/contract/recipe';
import { type DocumentState, useDocument } from './documentStore';
import { useView, type ViewState } from './viewStore';
import { boundDocument } from './work';

/** A picture on the way to the result: after this many iterations of a step. */
export type Inspected = NonNullable<BoundDocument['until']>;

const enabledSteps = ({ steps }: Processing) => steps.filter(({ enabled }) => enabled);

/** What is inspected, unless the steps no longer have such a picture or it is the result itself. */
export function inspectedIn(processing: Processing, inspected: Inspected | null): Inspected | null {
  const steps = enabledSteps(processing);
  const step = steps.find(({ id }) => id === inspected?.step);
  if (!inspected || !step || inspected.iteration > step.iterations) return null;
  const isResult = step === steps.at(-1) && inspected.iteration === step.iterations && step.opacity === 1;
  return isResult ? null : inspected;
}

/** The enabled steps as far as they are applied: up to what is inspected. */
export function appliedSteps({ processing, until }: BoundDocument): readonly Step[] {
  const steps = enabledSteps(processing);
  const last = until ? steps.findIndex(({ id }) => id === until.step) : -1;
  if (!until || last < 0) return steps;
  return [...steps.slice(0, last), { ...steps[last]!, iterations: until.iteration }];
}

/** The pictures after each iteration of every step that has more than one. */
export const inspectable = (processing: Processing): Inspected[] =>
  enabledSteps(processing)
    .filter(({ iterations }) => iterations > 1)
    .flatMap(({ id, iterations }) =>
      Array.from({ length: iterations }, (_, index) => ({ step: id, iteration: index + 1 })),
    );

type Viewed = Pick<DocumentState, 'work' | 'sources'>;

/** The document as it is looked at: exports write all of it, whatever is inspected. */
export function viewedDocument(
  { work, sources }: Viewed = useDocument.getState(),
  { inspected }: Pick<ViewState, 'inspected'> = useView.getState(),
): BoundDocument {
  return { ...boundDocument(work, sources), until: inspectedIn(work.processing, inspected) };
}

export const useInspected = (): Inspected | null => {
  const inspected = useView((state) => state.inspected);
  const processing = useDocument((state) => state.work.processing);
  return inspectedIn(processing, inspected);
};

export const inspect = (inspected: Inspected | null) => useView.setState({ inspected });

/** The picture one iteration earlier or later; after the last one comes the result. */
export function inspectNext(direction: 1 | -1): void {
  const { processing } = useDocument.getState().work;
  const pictures = inspectable(processing);
  const now = inspectedIn(processing, useView.getState().inspected);
  const at = pictures.findIndex(({ step, iteration }) => step === now?.step && iteration === now.iteration);
  // The result is the last of them, or comes after them.
  const result = inspectedIn(processing, pictures.at(-1) ?? null) ? pictures.length : pictures.length - 1;
  const next = Math.max(0, (now ? at : result) + direction);
  inspect(inspectedIn(processing, pictures[next] ?? null));
}

/** What is inspected goes with the picture it was. */
export function followInspected(): void {
  useDocument.subscribe(({ work }, before) => {
    if (work.processing === before.work.processing) return;
    const { inspected } = useView.getState();
    if (inspected && !inspectedIn(work.processing, inspected)) inspect(null);
  });
}
