import { Menu as MenuIcon } from 'lucide-react';
import { Fragment } from 'react';
import { type ActionGroup, actionGroups } from '../actions/action';
import { actions } from '../actions/actions';
import { IconButton } from '../ui/Button';
import { Menu, MenuLabel, MenuSeparator } from '../ui/Menu';
import { ActionItem } from './ActionItem';

/** Devices and zooms have menus of their own, and what has no end of its own cannot be chosen from a menu. */
const groups = actionGroups.filter((group) => group !== 'Device');
const listed = (group: ActionGroup) =>
  actions.filter((action) => action.group === group && !action.release && !/^zoom-\d/.test(action.id));

export function MainMenu() {
  return (
    <Menu label="Menu" trigger={<IconButton icon={MenuIcon} label="Menu" />}>
      {groups.map((group, index) => (
        <Fragment key={group}>
          {index > 0 && <MenuSeparator />}
          <MenuLabel>{group}</MenuLabel>
          {listed(group).map(({ id }) => (
            <ActionItem key={id} action={id} />
          ))}
        </Fragment>
      ))}
    </Menu>
  );
}
