import { expect, it } from 'vitest';
import { DrawnFrames } from './drawnFrames';
import type { Frame } from './panes';
import type { FramePlan } from './planning';
import { Pyramid } from './pyramid';

const pane = { x: 0, y: 0, width: 512, height: 256 };
const frame: Frame = { pane, clip: pane, layers: ['result'] };
const viewport = { centre: { x: 256, y: 128 }, scale: 1 };
const place = (column: number) => ({ level: 0, column, row: 0 });
const tile = (column: number, version: number) => ({
  place: place(column),
  version,
  approximate: false,
  bitmap: { width: 256, height: 256, close: () => undefined },
});

function picture() {
  const pyramid = new Pyramid({ width: 512, height: 256 }, 256, 0);
  pyramid.put(tile(0, 0));
  pyramid.put(tile(1, 0));
  const plan = (opacity = 1): FramePlan => ({
    paintings: new Map([
      ['result', { pyramid, blend: null, places: [place(0), place(1)], opacity, hatch: null }],
    ]),
    wants: [],
    ahead: [],
    inexact: 0,
    pending: 0,
  });
  const drawn = new DrawnFrames();
  const update = (opacity?: number, at = viewport) => drawn.update([frame], [plan(opacity)], at, []);
  return { pyramid, drawn, update };
}

it('is drawn once for what does not change on the screen', () => {
  const { pyramid, update } = picture();
  expect(update()).toBe(true);
  expect(update()).toBe(false);
  pyramid.outdate(1);
  expect(update(), 'the old picture stays until the new one comes').toBe(false);
});

it('is drawn again for a new tile, another opacity and another view', () => {
  const { pyramid, update } = picture();
  update();
  pyramid.outdate(1);
  pyramid.put(tile(1, 1));
  expect(update()).toBe(true);
  expect(update(0.5)).toBe(true);
  expect(update(0.5, { ...viewport, scale: 2 })).toBe(true);
  expect(update(0.5, { ...viewport, scale: 2 })).toBe(false);
});

it('is drawn again on a canvas that was emptied', () => {
  const { drawn, update } = picture();
  update();
  drawn.forget();
  expect(update()).toBe(true);
});
