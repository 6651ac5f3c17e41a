import { Shapes } from 'lucide-react';
import type { Preset } from '../../electron/contract/presets';
import { choosePreset } from '../document/presets';
import type { Action } from './action';

/** Presets come with the engine, so their actions do as well. */
export const presetActions = (presets: readonly Preset[]): Action[] =>
  presets.map((preset) => ({
    id: `preset-${preset.id}`,
    title: `Preset: ${preset.title}`,
    group: 'Presets',
    icon: Shapes,
    shortcuts: [],
    checked: ({ document }) => document.work.preset === preset.id,
    perform: () => choosePreset(preset),
  }));
