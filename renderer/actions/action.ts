import type { LucideIcon } from 'lucide-react';
import type { AppState } from './state';

export const actionGroups = [
  'File',
  'Edit',
  'Presets',
  'View',
  'Compare',
  'Layers',
  'Device',
  'Help',
] as const;
export type ActionGroup = (typeof actionGroups)[number];

/** Something the user can do. Menu, toolbar, shortcuts, palette and the list of keys all come from these. */
export interface Action {
  readonly id: string;
  readonly title: string;
  readonly group: ActionGroup;
  readonly icon?: LucideIcon;
  /** The first one is shown. */
  readonly shortcuts: readonly string[];
  readonly enabled?: (state: AppState) => boolean;
  /** For what is on or off. */
  readonly checked?: (state: AppState) => boolean;
  readonly perform: () => void;
  /** For what lasts as long as its key is held. */
  readonly release?: () => void;
}
