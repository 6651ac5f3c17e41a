import { Menu as MenuIcon } from 'lucide-react';
import { Fragment } from 'react';
import { type ActionGroup, actionGroups } from '../actions/action';
import { actions } from '../actions/actions';
import { IconButton } from '../ui/Button';
import { Menu, MenuLabel, MenuSeparator } from '../ui/Menu';
import { ActionItem } from './ActionItem';

/** Presets, devices, zooms and layers have places of their own; the rest fits into a small window without scrolling. */
const elsewhereGroups: readonly ActionGroup[] = ['Presets', 'Device', 'Layers'];
const groups = actionGroups.filter((group) => !elsewhereGroups.includes(group));
const elsewhere =
  /^(zoom-(\d+|in|out)|next-region|compare-cycle|iteration-(earlier|later)|show-result|(stop|continue)-preview)$/;
/** What lasts while a key is held cannot be chosen from a menu. */
const listed = (group: ActionGroup) =>
  actions.filter(({ id, release, group: own }) => own === group && !release && !elsewhere.test(id));

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
