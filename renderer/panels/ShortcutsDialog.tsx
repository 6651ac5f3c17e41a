import { actionGroups } from '../actions/action';
import { actions } from '../actions/actions';
import { shortcutLabel } from '../actions/shortcuts';
import { closeDialog } from '../document/viewStore';
import { Dialog } from '../ui/Dialog';
import styles from './Dialogs.module.css';

const withKeys = actions.filter(({ shortcuts }) => shortcuts.length > 0);
const groups = actionGroups.filter((group) => withKeys.some((action) => action.group === group));

const sliders = [
  ['Step', '↑ ↓'],
  ['Ten steps', 'Shift+↑ ↓'],
  ['A tenth of a step', 'Alt+↑ ↓'],
  ['Default', 'Double-click'],
] as const;

/** Every key there is, from the list of actions. */
export function ShortcutsDialog() {
  return (
    <Dialog title="Keyboard shortcuts" onClose={closeDialog} width={640}>
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group} className={styles.group}>
            <h3>{group}</h3>
            {withKeys
              .filter((action) => action.group === group)
              .map((action) => (
                <div key={action.id} className={styles.keysRow}>
                  <span>{action.title}</span>
                  <span className={styles.keys}>
                    {action.shortcuts.slice(0, 2).map((shortcut) => (
                      <kbd key={shortcut}>{shortcutLabel(shortcut)}</kbd>
                    ))}
                  </span>
                </div>
              ))}
          </section>
        ))}
        <section className={styles.group}>
          <h3>Sliders</h3>
          {sliders.map(([title, keys]) => (
            <div key={title} className={styles.keysRow}>
              <span>{title}</span>
              <span className={styles.keys}>
                <kbd>{keys}</kbd>
              </span>
            </div>
          ))}
        </section>
      </div>
    </Dialog>
  );
}
