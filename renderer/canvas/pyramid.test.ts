import { describe, expect, it } from 'vitest';
import { Pyramid, type Tile } from './pyramid';
import type { TilePlace } from './tiles';

const size = { width: 2048, height: 2048 };
const place = (level: number, column: number, row: number): TilePlace => ({ level, column, row });

/** Counts what was closed: bitmaps hold memory outside the heap. */
function bitmaps() {
  const closed: string[] = [];
  const tile = (name: string, at: TilePlace, version: number): Tile => ({
    place: at,
    version,
    approximate: false,
    bitmap: { width: 256, height: 256, close: () => closed.push(name) },
  });
  return { closed, tile };
}

const shown = (pyramid: Pyramid, at: TilePlace) =>
  pyramid.partsFor(at).map(({ tile }) => `${tile.place.level}@${tile.version}`);

describe('what is painted for a place', () => {
  it('is nothing at first, then a coarse parent, then its own tile', () => {
    const { tile } = bitmaps();
    const pyramid = new Pyramid(size, 256, 0);
    expect(shown(pyramid, place(0, 3, 3))).toEqual([]);
    pyramid.put(tile('parent', place(2, 0, 0), 0));
    expect(shown(pyramid, place(0, 3, 3))).toEqual(['2@0']);
    pyramid.put(tile('own', place(0, 3, 3), 0));
    expect(shown(pyramid, place(0, 3, 3))).toEqual(['0@0']);
  });

  it('stays the old picture until something new covers it, coarse or fine', () => {
    const { tile } = bitmaps();
    const pyramid = new Pyramid(size, 256, 0);
    pyramid.put(tile('old', place(0, 0, 0), 0));
    pyramid.outdate(1);
    expect(shown(pyramid, place(0, 0, 0))).toEqual(['0@0']);
    pyramid.put(tile('new parent', place(1, 0, 0), 1));
    expect(shown(pyramid, place(0, 0, 0))).toEqual(['1@1']);
  });

  it('is made of finer tiles when zooming out, if they fill the place', () => {
    const { tile } = bitmaps();
    const pyramid = new Pyramid(size, 256, 0);
    const corners = [place(0, 0, 0), place(0, 1, 0), place(0, 0, 1), place(0, 1, 1)];
    for (const corner of corners.slice(0, 3)) pyramid.put(tile('corner', corner, 0));
    expect(shown(pyramid, place(1, 0, 0))).toEqual([]);
    pyramid.put(tile('corner', corners[3]!, 0));
    expect(shown(pyramid, place(1, 0, 0))).toEqual(['0@0', '0@0', '0@0', '0@0']);
  });

  it('needs no finer tiles beyond the edge of the layer', () => {
    const { tile } = bitmaps();
    const pyramid = new Pyramid({ width: 300, height: 200 }, 256, 0);
    pyramid.put(tile('left', place(0, 0, 0), 0));
    pyramid.put(tile('right', place(0, 1, 0), 0));
    expect(shown(pyramid, place(1, 0, 0))).toEqual(['0@0', '0@0']);
  });
});

describe('tiles that arrive', () => {
  it('replace older ones and free them, never the other way round', () => {
    const { closed, tile } = bitmaps();
    const pyramid = new Pyramid(size, 256, 0);
    pyramid.put(tile('first', place(0, 0, 0), 0));
    pyramid.outdate(1);
    pyramid.put(tile('second', place(0, 0, 0), 1));
    pyramid.put(tile('late', place(0, 0, 0), 0));
    expect(closed).toEqual(['first', 'late']);
    expect(pyramid.current(place(0, 0, 0))?.version).toBe(1);
  });

  it('are freed when nobody shows them any more', () => {
    const { closed, tile } = bitmaps();
    const pyramid = new Pyramid(size, 256, 0);
    pyramid.put(tile('shown', place(0, 0, 0), 0));
    pyramid.clear();
    pyramid.put(tile('late', place(0, 1, 0), 0));
    expect(closed).toEqual(['shown', 'late']);
    expect(shown(pyramid, place(0, 1, 0))).toEqual([]);
  });
});
