import { type KeyboardEvent, useState } from 'react';
import type { Action } from '../actions/action';
import { actions } from '../actions/actions';
import { presetActions } from '../actions/presetActions';
import { shortcutLabel } from '../actions/shortcuts';
import { appState } from '../actions/state';
import { usePresets } from '../document/presets';
import { closeDialog } from '../document/viewStore';
import { Dialog } from '../ui/Dialog';
import styles from './Dialogs.module.css';

/** What can be found: everything but what lasts only while a key is held, and the palette itself. */
const findable = actions.filter(({ release, id }) => !release && id !== 'palette');

const isEnabled = (action: Action) => action.enabled?.(appState()) ?? true;

function found(query: string, among: readonly Action[]): readonly Action[] {
  const parts = query.toLowerCase().split(/\s+/).filter(Boolean);
  return among.filter(({ title, group }) =>
    parts.every((part) => `${group} ${title}`.toLowerCase().includes(part)),
  );
}

/** Every action by its name. */
export function PaletteDialog() {
  const [query, setQuery] = useState('');
  const [selected, setSelected] = useState(0);
  const presets = usePresets();
  const results = found(query, [...findable, ...presetActions(presets)]);
  const choose = (action: Action | undefined) => {
    if (!action || !isEnabled(action)) return;
    closeDialog();
    action.perform();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (direction !== 0) {
      event.preventDefault();
      setSelected((results.length + selected + direction) % Math.max(1, results.length));
    } else if (event.key === 'Enter') choose(results[selected]);
  };
  return (
    <Dialog title="Find an action" onClose={closeDialog} width={440}>
      <input
        className={styles.search}
        role="combobox"
        aria-label="Find an action"
        aria-expanded
        aria-controls="palette-results"
        aria-activedescendant={results[selected] && `palette-${results[selected].id}`}
        placeholder="What do you want to do?"
        data-autofocus
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setSelected(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="palette-results" role="listbox" aria-label="Actions" className={styles.results}>
        {results.map((action, index) => (
          <button
            key={action.id}
            id={`palette-${action.id}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={index === selected}
            aria-disabled={!isEnabled(action)}
            className={styles.result}
            ref={(element) => {
              if (index === selected) element?.scrollIntoView({ block: 'nearest' });
            }}
            onPointerMove={() => setSelected(index)}
            onClick={() => choose(action)}
          >
            <span className={styles.resultTitle}>{action.title}</span>
            {action.shortcuts[0] && <span>{shortcutLabel(action.shortcuts[0])}</span>}
          </button>
        ))}
        {results.length === 0 && <p className={styles.quiet}>Nothing is called that.</p>}
      </div>
    </Dialog>
  );
}
