import { describe, expect, it } from 'vitest';
import type { ShownLayer } from '../document/viewStore';
import { framesOf } from './panes';

const stage = { width: 1001, height: 600 };
const all = new Set<ShownLayer>(['result', 'target', 'guidance']);
const view = {
  compare: 'single',
  splitAt: 0.25,
  visible: { result: true, target: true, guidance: true },
  isolated: null,
  holdingTarget: false,
} as const;
const layersOf = (frames: ReturnType<typeof framesOf>) => frames.map(({ layers }) => layers[0]);

describe('how the stage is divided', () => {
  it('shows visible layers over each other in one picture', () => {
    const frames = framesOf(stage, { ...view, visible: { ...view.visible, target: false } }, all);
    expect(frames.map(({ layers }) => layers)).toEqual([['result', 'guidance']]);
    expect(frames[0]?.clip).toEqual({ x: 0, y: 0, ...stage });
  });

  it('clips before and after at the divider, in the same place of the same picture', () => {
    const frames = framesOf(stage, { ...view, compare: 'split' }, all);
    expect(layersOf(frames)).toEqual(['target', 'result']);
    expect(frames.map(({ clip }) => [clip.x, clip.width])).toEqual([
      [0, 250],
      [250, 751],
    ]);
    expect(frames[0]?.pane).toEqual(frames[1]?.pane);
  });

  it('gives both sides panes of the same size', () => {
    const frames = framesOf(stage, { ...view, compare: 'sides' }, all);
    expect(layersOf(frames)).toEqual(['target', 'result']);
    expect(frames.map(({ pane }) => [pane.x, pane.width])).toEqual([
      [0, 500],
      [501, 500],
    ]);
  });

  it('shows one layer alone while it is isolated, and the target while its key is held', () => {
    const isolated = { ...view, compare: 'split', isolated: 'guidance' } as const;
    expect(layersOf(framesOf(stage, isolated, all))).toEqual(['guidance']);
    expect(layersOf(framesOf(stage, { ...isolated, holdingTarget: true }, all))).toEqual(['target']);
  });

  it('compares nothing while there is only one of the two', () => {
    const frames = framesOf(stage, { ...view, compare: 'split' }, new Set<ShownLayer>(['target']));
    expect(frames.map(({ layers }) => layers)).toEqual([['target']]);
  });
});
