import type { Action } from './action';
import { actions } from './actions';
import { matches } from './shortcuts';
import { appState } from './state';

/** Elements that need plain keys for themselves. */
const typing = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]';
const ownKeys = '[role="slider"], [role="menu"], [role="radiogroup"]';

/** Tab walks through the controls; only where there is none to walk through it hides the panels. */
function isForControls(event: KeyboardEvent, target: Element): boolean {
  if (event.key === 'Tab') return target !== document.body && !target.matches('[data-testid="stage"]');
  if (event.ctrlKey || event.metaKey) return false;
  if (target.matches(typing) || target.closest('[role="menu"]')) return true;
  return target.matches(ownKeys) && /^(Arrow|Page|Home|End)/.test(event.key);
}

function actionFor(event: KeyboardEvent): Action | null {
  const target = event.target instanceof Element ? event.target : document.body;
  if (document.querySelector('dialog[open]') || isForControls(event, target)) return null;
  const found = actions.find((action) => action.shortcuts.some((shortcut) => matches(event, shortcut)));
  return found && (found.enabled?.(appState()) ?? true) ? found : null;
}

/** Shortcuts for as long as the window lives. */
export function followKeyboard(): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  let held: { readonly action: Action; readonly key: string } | null = null;
  const release = () => {
    held?.action.release?.();
    held = null;
  };
  window.addEventListener(
    'keydown',
    (event) => {
      const action = actionFor(event);
      if (!action) return;
      event.preventDefault();
      if (action.release && held) return;
      if (action.release) held = { action, key: event.key };
      action.perform();
    },
    { signal },
  );
  window.addEventListener('keyup', (event) => event.key === held?.key && release(), { signal });
  window.addEventListener('blur', release, { signal });
  return () => ended.abort();
}
