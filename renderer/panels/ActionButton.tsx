import { Square } from 'lucide-react';
import { findAction } from '../actions/actions';
import { shortcutLabel } from '../actions/shortcuts';
import { useAppState } from '../actions/state';
import { IconButton } from '../ui/Button';

interface ActionButtonProps {
  action: string;
  /** What the tooltip says when that is more than the action's name. */
  tip?: string | undefined;
  side?: 'top' | 'right' | 'bottom' | 'left';
  small?: boolean;
}

/** An action as an icon. */
export function ActionButton({ action: id, tip, side, small }: ActionButtonProps) {
  const action = findAction(id);
  const enabled = useAppState((state) => action.enabled?.(state) ?? true);
  const checked = useAppState((state) => action.checked?.(state));
  const [shortcut] = action.shortcuts;
  return (
    <IconButton
      icon={action.icon ?? Square}
      label={action.title}
      tip={tip}
      shortcut={shortcut && shortcutLabel(shortcut)}
      disabled={!enabled}
      pressed={checked}
      onClick={action.perform}
      {...(side ? { side } : {})}
      {...(small ? { small } : {})}
    />
  );
}
