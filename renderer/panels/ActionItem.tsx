import { findAction } from '../actions/actions';
import { shortcutLabel } from '../actions/shortcuts';
import { useAppState } from '../actions/state';
import { MenuItem } from '../ui/Menu';

/** An action as a line of a menu. */
export function ActionItem({ action: id }: { action: string }) {
  const action = findAction(id);
  const enabled = useAppState((state) => action.enabled?.(state) ?? true);
  const checked = useAppState((state) => action.checked?.(state));
  const [shortcut] = action.shortcuts;
  return (
    <MenuItem
      icon={action.icon}
      title={action.title}
      shortcut={shortcut && shortcutLabel(shortcut)}
      checked={checked}
      disabled={!enabled}
      onSelect={action.perform}
    />
  );
}
