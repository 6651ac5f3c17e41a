import { type Action, actionGroups } from './action';
import { compareActions } from './compareActions';
import { fileActions } from './fileActions';
import { viewActions } from './viewActions';

/** The one list of what the user can do, in the order of the menu. */
export const actions: readonly Action[] = [...fileActions, ...viewActions, ...compareActions].toSorted(
  (a, b) => actionGroups.indexOf(a.group) - actionGroups.indexOf(b.group),
);

export function findAction(id: string): Action {
  const action = actions.find((candidate) => candidate.id === id);
  if (!action) throw new RangeError(`There is no action “${id}”.`);
  return action;
}
