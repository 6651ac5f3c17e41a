import { create } from 'zustand';
import type { Display } from '../../electron/contract/display';
import type { BoundDocument } from '../../electron/contract/engine';
import type { OpenedFile } from '../../electron/contract/shell';
import { compareModes, keepPreferences, type Preferences, readPreferences, type Theme } from './preferences';

/** Layers of the picture, topmost first: the order of the list, of the digits and of drawing. */
export const shownLayers = ['result', 'target', 'guidance'] as const;
export type ShownLayer = (typeof shownLayers)[number];

export type DialogState =
  | { readonly kind: 'export' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'palette' }
  | { readonly kind: 'roles'; readonly files: readonly OpenedFile[] };

/** How the window shows the document. Nothing here changes what export writes, and nothing here is undone. */
export interface ViewState extends Preferences {
  /** Where the divider stands, as a share of the picture's width. */
  readonly splitAt: number;
  readonly visible: Readonly<Record<ShownLayer, boolean>>;
  readonly opacity: Readonly<Record<ShownLayer, number>>;
  /** The only layer shown, while one is isolated. */
  readonly isolated: ShownLayer | null;
  /** A picture on the way to the result, shown in the result's place. */
  readonly inspected: NonNullable<BoundDocument['until']> | null;
  /** The user does not want to wait for the present result: what has come of it stays. */
  readonly previewStopped: boolean;
  /** The target is shown alone for as long as a key is held. */
  readonly holdingTarget: boolean;
  /** Displays the user chose, by source; `result` follows the target until it is given its own. */
  readonly displays: Readonly<Record<string, Display>>;
  readonly panelsHidden: boolean;
  readonly dialog: DialogState | null;
}

export const useView = create<ViewState>(() => ({
  ...readPreferences(),
  splitAt: 0.5,
  visible: { result: true, target: true, guidance: true },
  opacity: { result: 1, target: 1, guidance: 1 },
  isolated: null,
  inspected: null,
  previewStopped: false,
  holdingTarget: false,
  displays: {},
  panelsHidden: false,
  dialog: null,
}));

const { getState: get, setState: set } = useView;

/** Keeps what the user likes for the next time the window is opened. */
export function followPreferences(): void {
  const kept = ['theme', 'compare', 'pixelGrid', 'panelWidth'] as const satisfies (keyof Preferences)[];
  useView.subscribe((view, before) => {
    if (kept.some((name) => view[name] !== before[name])) keepPreferences(view);
  });
}

export function cycleCompare(): void {
  const next = (compareModes.indexOf(get().compare) + 1) % compareModes.length;
  set({ compare: compareModes[next]!, isolated: null });
}

export const toggleLayer = (layer: ShownLayer) =>
  set({ visible: { ...get().visible, [layer]: !get().visible[layer] } });

export const setOpacity = (layer: ShownLayer, opacity: number) =>
  set({ opacity: { ...get().opacity, [layer]: opacity } });

export const isolate = (layer: ShownLayer) => set({ isolated: get().isolated === layer ? null : layer });

export const setDisplay = (key: string, display: Display | null) => {
  const { [key]: _removed, ...others } = get().displays;
  set({ displays: display ? { ...others, [key]: display } : others });
};

export const setTheme = (theme: Theme) => set({ theme });

export const openDialog = (dialog: DialogState) => set({ dialog });
export const closeDialog = () => set({ dialog: null });
