import { findAction } from '../actions/actions';
import { shortcutLabel } from '../actions/shortcuts';
import { useAppState } from '../actions/state';
import { MenuItem } from '../ui/Menu';

/** An action as a line of a menu. */
export function ActionItem({ action: id }: { action: string }) {
  const action = findAction(id);
  const state = useAppState();
  const [shortcut] = action.shortcuts;
  return (
    <MenuItem
      icon={action.icon}
      title={action.title}
      shortcut={shortcut && shortcutLabel(shortcut)}
      checked={action.checked?.(state)}
      disabled={!(action.enabled?.(state) ?? true)}
      onSelect={action.perform}
    />
  );
}
