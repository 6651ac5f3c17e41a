import { Columns2, type LucideIcon, Square, SquareSplitHorizontal } from 'lucide-react';
import { inspect, inspectable, inspectNext } from '../document/inspecting';
import { type CompareMode, compareModes } from '../document/preferences';
import { cycleCompare, useView } from '../document/viewStore';
import type { Action } from './action';
import { type AppState, hasPicture } from './state';

const set = useView.setState;

const compareTitles: Readonly<Record<CompareMode, { title: string; icon: LucideIcon }>> = {
  single: { title: 'One picture', icon: Square },
  split: { title: 'Before and after, divided', icon: SquareSplitHorizontal },
  sides: { title: 'Before and after, side by side', icon: Columns2 },
};

const modeActions: readonly Action[] = [
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

/** Ways to see what the filters do: before and after, and step by step. */
export const compareActions: readonly Action[] = [...modeActions, ...iterationActions];
