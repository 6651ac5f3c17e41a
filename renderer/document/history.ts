import { applyChanges, type Change, difference, type Plain } from './difference';

/** One entry of the history: what the user did, as the differences it made. */
interface Edit {
  readonly title: string;
  /** Edits of one gesture carry the same name and become one entry. */
  readonly gesture: string | null;
  readonly changes: readonly Change[];
}

export interface History {
  readonly undo: readonly Edit[];
  readonly redo: readonly Edit[];
}

export const emptyHistory: History = { undo: [], redo: [] };

const longest = 500;

/** The history after one more edit. An edit of the gesture under way joins it; one that changed nothing is left out. */
export function record(
  history: History,
  before: Plain,
  after: Plain,
  title: string,
  gesture: string | null = null,
): History {
  const last = history.undo.at(-1);
  const joins = gesture !== null && last?.gesture === gesture;
  const begun = joins ? applyChanges(before, last.changes, 'before') : before;
  const changes = difference(begun, after);
  // A gesture stays open even when it is back where it began, so that going on does not start a second entry.
  if (changes.length === 0 && !joins) return history;
  const earlier = joins ? history.undo.slice(0, -1) : history.undo;
  return { undo: [...earlier, { title, gesture, changes }].slice(-longest), redo: [] };
}

/** Closes the gesture under way: what comes next is an entry of its own. */
export function endGesture(history: History): History {
  const last = history.undo.at(-1);
  if (last?.gesture == null) return history;
  const earlier = history.undo.slice(0, -1);
  return { ...history, undo: last.changes.length === 0 ? earlier : [...earlier, { ...last, gesture: null }] };
}

/** One step back: the value before the last edit, and the history that can go forward again. */
export function undo<T extends Plain>(history: History, value: T): { history: History; value: T } | null {
  const closed = endGesture(history);
  const last = closed.undo.at(-1);
  if (!last) return null;
  return {
    history: { undo: closed.undo.slice(0, -1), redo: [...closed.redo, last] },
    value: applyChanges(value, last.changes, 'before'),
  };
}

/** One step forward again. */
export function redo<T extends Plain>(history: History, value: T): { history: History; value: T } | null {
  const next = history.redo.at(-1);
  if (!next) return null;
  return {
    history: { undo: [...history.undo, next], redo: history.redo.slice(0, -1) },
    value: applyChanges(value, next.changes, 'after'),
  };
}
