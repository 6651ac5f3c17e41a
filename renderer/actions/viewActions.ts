import { Grid3x3, Maximize, PanelRight, SunMoon, ZoomIn, ZoomOut } from 'lucide-react';
import { useCanvasStatus } from '../canvas/canvasStatus';
import { zoomPresets } from '../canvas/viewport';
import { fitPicture, toggleActualSize, zoomStep, zoomTo } from '../canvas/viewportStore';
import { hasDocument } from '../document/documentStore';
import { themes } from '../document/preferences';
import { isolate, type ShownLayer, setTheme, shownLayers, toggleLayer, useView } from '../document/viewStore';
import type { Action } from './action';
import { focusNextRegion } from './regions';
import { hasPicture } from './state';

const set = useView.setState;

export const layerTitles: Readonly<Record<ShownLayer, string>> = {
  result: 'Result',
  target: 'Target',
  guidance: 'Guidance',
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

export const viewActions: readonly Action[] = [...zoomActions, ...windowActions, ...layerActions];
