import {
  Columns2,
  Grid3x3,
  type LucideIcon,
  Maximize,
  PanelRight,
  Square,
  SquareSplitHorizontal,
  SunMoon,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { useCanvasStatus } from '../canvas/canvasStatus';
import { zoomPresets } from '../canvas/viewport';
import { fitPicture, toggleActualSize, zoomStep, zoomTo } from '../canvas/viewportStore';
import { hasDocument } from '../document/documentStore';
import { inspect, inspectable, inspectNext } from '../document/inspecting';
import { type CompareMode, compareModes, themes } from '../document/preferences';
import {
  cycleCompare,
  isolate,
  type ShownLayer,
  setTheme,
  shownLayers,
  toggleLayer,
  useView,
} from '../document/viewStore';
import type { Action } from './action';
import { focusNextRegion } from './regions';
import type { AppState } from './state';

const hasPicture = ({ layers }: AppState) => layers.length > 0;
const set = useView.setState;

export const layerTitles: Readonly<Record<ShownLayer, string>> = {
  result: 'Result',
  target: 'Target',
  guidance: 'Guidance',
};

const compareTitles: Readonly<Record<CompareMode, { title: string; icon: LucideIcon }>> = {
  single: { title: 'One picture', icon: Square },
  split: { title: 'Before and after, divided', icon: SquareSplitHorizontal },
  sides: { title: 'Before and after, side by side', icon: Columns2 },
};

const presetKeys: Readonly<Record<number, readonly string[]>> = { 1: ['Mod+1'] };

const zoomActions: readonly Action[] = [
  {
    id: 'zoom-fit',
    title: 'Fit in the window',
    group: 'View',
    icon: Maximize,
    shortcuts: ['0', 'Mod+0'],
    enabled: hasPicture,
    perform: fitPicture,
  },
  {
    id: 'zoom-in',
    title: 'Zoom in',
    group: 'View',
    icon: ZoomIn,
    shortcuts: ['+', '=', 'Mod++', 'Mod+='],
    enabled: hasPicture,
    perform: () => zoomStep(1),
  },
  {
    id: 'zoom-out',
    title: 'Zoom out',
    group: 'View',
    icon: ZoomOut,
    shortcuts: ['-', 'Mod+-'],
    enabled: hasPicture,
    perform: () => zoomStep(-1),
  },
  ...zoomPresets.map(
    (zoom): Action => ({
      id: `zoom-${zoom * 100}`,
      title: `${zoom * 100} %`,
      group: 'View',
      shortcuts: presetKeys[zoom] ?? [],
      enabled: hasPicture,
      perform: () => zoomTo(zoom),
    }),
  ),
  {
    id: 'zoom-toggle',
    title: 'Between 100 % and fitted',
    group: 'View',
    shortcuts: ['Z'],
    enabled: hasPicture,
    perform: toggleActualSize,
  },
];

const windowActions: readonly Action[] = [
  {
    id: 'pixel-grid',
    title: 'Pixel grid and values',
    group: 'View',
    icon: Grid3x3,
    shortcuts: ['G'],
    checked: ({ view }) => view.pixelGrid,
    perform: () => set(({ pixelGrid }) => ({ pixelGrid: !pixelGrid })),
  },
  {
    id: 'stop-preview',
    title: 'Stop the preview',
    group: 'View',
    shortcuts: ['Mod+.'],
    enabled: () => useCanvasStatus.getState().pending > 0,
    perform: () => set({ previewStopped: true }),
  },
  {
    id: 'continue-preview',
    title: 'Go on with the preview',
    group: 'View',
    shortcuts: [],
    enabled: ({ view }) => view.previewStopped,
    perform: () => set({ previewStopped: false }),
  },
  {
    id: 'panels',
    title: 'Panels',
    group: 'View',
    icon: PanelRight,
    shortcuts: ['Tab'],
    // The empty window has none: there Tab walks through what it offers.
    enabled: ({ document }) => hasDocument(document),
    checked: ({ view }) => !view.panelsHidden,
    perform: () => set(({ panelsHidden }) => ({ panelsHidden: !panelsHidden })),
  },
  ...themes.map(
    (theme): Action => ({
      id: `theme-${theme}`,
      title: { system: 'Theme of the system', dark: 'Dark theme', light: 'Light theme' }[theme],
      group: 'View',
      ...(theme === 'system' ? { icon: SunMoon } : {}),
      shortcuts: [],
      checked: ({ view }) => view.theme === theme,
      perform: () => setTheme(theme),
    }),
  ),
  {
    id: 'next-region',
    title: 'Next part of the window',
    group: 'View',
    shortcuts: ['F6'],
    perform: focusNextRegion,
  },
];

const compareActions: readonly Action[] = [
  ...compareModes.map(
    (mode): Action => ({
      id: `compare-${mode}`,
      ...compareTitles[mode],
      group: 'Compare',
      shortcuts: [],
      enabled: hasPicture,
      checked: ({ view }) => view.compare === mode,
      perform: () => set({ compare: mode, isolated: null }),
    }),
  ),
  {
    id: 'compare-cycle',
    title: 'Next way to compare',
    group: 'Compare',
    shortcuts: ['C'],
    enabled: hasPicture,
    perform: cycleCompare,
  },
  {
    id: 'hold-target',
    title: 'Show the target while held',
    group: 'Compare',
    shortcuts: ['\\'],
    enabled: ({ layers }) => layers.includes('target'),
    perform: () => set({ holdingTarget: true }),
    release: () => set({ holdingTarget: false }),
  },
];

const hasIterations = ({ document }: AppState) => inspectable(document.work.processing).length > 0;

const iterationActions: readonly Action[] = [
  {
    id: 'iteration-earlier',
    title: 'The iteration before',
    group: 'Compare',
    shortcuts: ['['],
    enabled: hasIterations,
    perform: () => inspectNext(-1),
  },
  {
    id: 'iteration-later',
    title: 'The iteration after',
    group: 'Compare',
    shortcuts: [']'],
    enabled: hasIterations,
    perform: () => inspectNext(1),
  },
  {
    id: 'show-result',
    title: 'Back to the result',
    group: 'Compare',
    shortcuts: ['Escape'],
    enabled: ({ view }) => view.inspected !== null,
    perform: () => inspect(null),
  },
];

const layerActions: readonly Action[] = [
  ...shownLayers.map(
    (layer, index): Action => ({
      id: `isolate-${layer}`,
      title: `Only the ${layer}`,
      group: 'Layers',
      shortcuts: [`${index + 1}`],
      enabled: ({ layers }) => layers.includes(layer),
      checked: ({ view }) => view.isolated === layer,
      perform: () => isolate(layer),
    }),
  ),
  ...shownLayers.map(
    (layer, index): Action => ({
      id: `toggle-${layer}`,
      title: `Show the ${layer}`,
      group: 'Layers',
      shortcuts: [`Alt+${index + 1}`],
      enabled: ({ layers }) => layers.includes(layer),
      checked: ({ view }) => view.visible[layer],
      perform: () => toggleLayer(layer),
    }),
  ),
];

export const viewActions: readonly Action[] = [
  ...zoomActions,
  ...windowActions,
  ...compareActions,
  ...iterationActions,
  ...layerActions,
];
