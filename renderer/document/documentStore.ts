import { create } from 'zustand';
import type { DocumentInfo } from '../../electron/contract/engine';
import type { ErrorData } from '../../electron/contract/errors';
import * as histories from './history';
import { newWork, type Source, type Work } from './work';

/** A file that could not be opened, shown where it was to appear. */
interface OpenProblem {
  readonly name: string;
  readonly error: ErrorData;
}

export interface DocumentState {
  readonly work: Work;
  readonly history: histories.History;
  readonly sources: Readonly<Record<string, Source>>;
  /** Names of files being read now. */
  readonly opening: readonly string[];
  readonly openProblems: readonly OpenProblem[];
  /** What the document evaluates to; null while it is not known or cannot be evaluated. */
  readonly info: DocumentInfo | null;
  /** The geometry `info` was said of. */
  readonly infoFor: string;
  /** Why it cannot be evaluated. */
  readonly problem: ErrorData | null;
  /** A gesture is under way: the preview follows coarsely and refines at its end. */
  readonly gesturing: boolean;
}

const empty = (): DocumentState => ({
  work: newWork(),
  history: histories.emptyHistory,
  sources: {},
  opening: [],
  openProblems: [],
  info: null,
  infoFor: '',
  problem: null,
  gesturing: false,
});

export const useDocument = create<DocumentState>(empty);

const { getState: get, setState: set } = useDocument;

/** Without another edit for this long a gesture rests, and the preview is refined although it is not over. */
const restMilliseconds = 400;
let rest: ReturnType<typeof setTimeout> | undefined;

/** One thing the user does. Edits of the same gesture become one entry of the history. */
export function edit(title: string, change: (work: Work) => Work, gesture: string | null = null): void {
  const { work, history } = get();
  const changed = change(work);
  set({
    work: changed,
    history: histories.record(history, work, changed, title, gesture),
    gesturing: gesture !== null,
  });
  clearTimeout(rest);
  if (gesture !== null) rest = setTimeout(() => set({ gesturing: false }), restMilliseconds);
}

export function endGesture(): void {
  const { history, gesturing } = get();
  const ended = histories.endGesture(history);
  if (gesturing || ended !== history) set({ history: ended, gesturing: false });
}

function step(direction: typeof histories.undo): void {
  const { history, work } = get();
  const moved = direction(history, work);
  if (moved) set({ work: moved.value, history: moved.history, gesturing: false });
}

export const undo = () => step(histories.undo);
export const redo = () => step(histories.redo);
export const canUndo = ({ history }: DocumentState) => history.undo.length > 0;
export const canRedo = ({ history }: DocumentState) => history.redo.length > 0;

/** Back to the empty window. */
export const closeDocument = () => set(empty());

export function updateSource(sourceId: string, change: Partial<Source>): void {
  const source = get().sources[sourceId];
  if (source) set({ sources: { ...get().sources, [sourceId]: { ...source, ...change } } });
}

export const hasDocument = ({ work }: DocumentState) =>
  work.inputs.guidance !== null || work.inputs.target !== null;

/** The source that plays a role, if any. */
export const sourceOf = (
  { work, sources }: Pick<DocumentState, 'work' | 'sources'>,
  role: 'guidance' | 'target',
): Source | null => {
  const choice = work.inputs[role];
  return choice ? (sources[choice.sourceId] ?? null) : null;
};
