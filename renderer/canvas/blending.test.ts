import { expect, it } from 'vitest';
import type { SceneLayer } from '../document/scene';
import { Blending, type Shown } from './blending';
import { Pyramid } from './pyramid';

const document = {
  target: 't',
  guidance: null,
  processing: { fit: 'refuse', unknown: 'complete', targetValues: 'continuous', steps: [] },
} as const satisfies Partial<SceneLayer['document']>;
const ends = (share: number, key: string) => ({
  step: 's',
  without: { ...document, processing: { ...document.processing, steps: [] } },
  full: { ...document, processing: { ...document.processing, steps: [] } },
  share,
  key,
});
const view = { centre: { x: 0, y: 0 }, scale: 1 };
const otherView = { ...view, scale: 2 };

function stage() {
  let version = 0;
  const create = () => {
    version += 1;
    return new Pyramid({ width: 512, height: 512 }, 256, version);
  };
  const blending = new Blending(create);
  const result = (share: number, key: string) => ({
    key: share === 1 ? key : `${key} ${share}`,
    ends: ends(share, key),
  });
  let shown: Shown = { pyramid: create(), key: 'nothing yet' };
  const follow = (share: number, { key = 'a', gesturing = true } = {}) => {
    const next = result(share, key);
    shown = { ...blending.follow(next, gesturing, shown)!, key: next.key };
    return shown.pyramid;
  };
  return { blending, follow, prepare: () => blending.prepare(shown, view) };
}

it('begins when the opacity moves, and shows every position of it', () => {
  const { blending, follow } = stage();
  const first = follow(0.9, { gesturing: false });
  expect(blending.isActive).toBe(false);
  expect(blending.blend(false, view)).toBeNull();
  expect(follow(0.8)).toBe(first);
  const blend = blending.blend(true, view)!;
  expect(blend.share).toBe(0.8);
  expect(blending.has(blend.full)).toBe(true);
  follow(0.7);
  expect(blending.blend(true, view)).toEqual({ ...blend, share: 0.7 });
});

it('is not begun by an undo, nor by another parameter that is dragged', () => {
  const { blending, follow } = stage();
  follow(0.9, { gesturing: false });
  follow(0.8, { gesturing: false });
  expect(blending.blend(false, view)).toBeNull();
  follow(0.8, { key: 'b' });
  follow(0.8, { key: 'c' });
  expect(blending.isActive).toBe(false);
});

it('takes the tiles of a full effect that is on the screen for an end', () => {
  const { blending, follow } = stage();
  const full = follow(1, { gesturing: false });
  const result = follow(0.9);
  expect(result).not.toBe(full);
  expect(blending.blend(true, view)?.full).toBe(full);
});

it('stands in after the gesture until the result has come, and in this view for the next gesture', () => {
  const { blending, follow } = stage();
  follow(0.9, { gesturing: false });
  follow(0.8);
  blending.blend(true, view);
  const blend = blending.blend(false, view);
  expect(blending.isActive).toBe(false);
  blending.settled(view);
  expect(blending.blend(false, view)).toEqual(blend);
  follow(0.5);
  expect(blending.isActive).toBe(true);
  expect(blending.blend(true, view)).toEqual({ ...blend, share: 0.5 });
  blending.blend(false, otherView);
  blending.settled(otherView);
  expect(blending.blend(false, otherView)).toBeNull();
});

it('is over with a result that has other ends', () => {
  const { blending, follow } = stage();
  follow(0.9, { gesturing: false });
  follow(0.8);
  follow(0.8, { key: 'b' });
  expect(blending.blend(true, view)).toBeNull();
});

it('is not begun again for ends that cannot be had', () => {
  const { blending, follow } = stage();
  follow(0.9, { gesturing: false });
  follow(0.8);
  blending.refuse();
  expect(blending.asking).toBe('never');
  follow(0.7);
  expect(blending.asking).toBe('never');
  follow(0.7, { key: 'b' });
  expect(blending.asking).toBe('ahead');
});

it('is prepared with the full effect where it is shown, which nothing else may become', () => {
  const { blending, follow, prepare } = stage();
  const full = follow(1, { gesturing: false });
  expect([prepare(), prepare()], 'asked for once').toEqual([true, false]);
  const prepared = blending.blend(false, view)!;
  expect(prepared.full).toBe(full);
  expect(blending.has(full), 'it is the result').toBe(false);
  const result = follow(0.9);
  expect(result).not.toBe(full);
  expect(blending.blend(true, view)).toMatchObject({ without: prepared.without, full });

  const other = stage();
  const shown = other.follow(1, { gesturing: false });
  other.prepare();
  expect(other.follow(0.5, { gesturing: false }), 'typed, or undone').toBe(shown);
  expect(other.blending.isPrepared).toBe(false);
});

it('leaves the full effect on the screen when it is not needed any more', () => {
  const { blending, follow, prepare } = stage();
  const full = follow(1, { gesturing: false });
  const place = { level: 0, column: 0, row: 0 };
  const bitmap = { width: 256, height: 256, close: () => undefined };
  full.put({ place, bitmap, version: full.currentVersion, approximate: false });
  prepare();
  blending.settled(otherView);
  expect(blending.isPrepared).toBe(false);
  expect(full.current(place)).not.toBeNull();
});
