import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ancestor, levelFor, levelSize, tileArea, tileRegion, visibleTiles } from './tiles';

const sizes = fc.record({
  width: fc.integer({ min: 1, max: 7000 }),
  height: fc.integer({ min: 1, max: 7000 }),
});

describe('choosing a level', () => {
  const size = { width: 6000, height: 4000 };

  it('is full size from 100 % up', () => {
    expect([1, 1.5, 8, 32].map((zoom) => levelFor(zoom, size))).toEqual([0, 0, 0, 0]);
  });

  it('halves with every halving of the zoom', () => {
    expect([0.5, 0.25, 0.125].map((zoom) => levelFor(zoom, size))).toEqual([1, 2, 3]);
  });

  it('never draws level pixels more than a quarter larger than the screen’s', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1, noNaN: true }), (zoom) => {
        const level = levelFor(zoom, size);
        expect(zoom * 2 ** level).toBeLessThanOrEqual(1.25 + 1e-9);
      }),
    );
  });

  it('ends where a level is one pixel', () => {
    expect(levelFor(0.0001, { width: 64, height: 48 })).toBe(6);
    expect(levelSize({ width: 64, height: 48 }, 6)).toEqual({ width: 1, height: 1 });
  });
});

describe('tiles of a level', () => {
  it('cover the layer exactly once', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 6 }), (size, level) => {
        const all = visibleTiles(size, level, { x: 0, y: 0, ...size }, 512);
        const whole = levelSize(size, level);
        const pixels = all.reduce((sum, place) => {
          const { width, height } = tileRegion(place, size, 512);
          expect(Math.min(width, height)).toBeGreaterThan(0);
          return sum + width * height;
        }, 0);
        expect(pixels).toBe(whole.width * whole.height);
        const covered = all.reduce((sum, place) => {
          const { width, height } = tileArea(place, size, 512);
          return sum + width * height;
        }, 0);
        expect(covered).toBe(size.width * size.height);
      }),
    );
  });

  it('come from the middle outwards', () => {
    const visible = { x: 1000, y: 1000, width: 1500, height: 1500 };
    const places = visibleTiles({ width: 6000, height: 4000 }, 0, visible, 512);
    expect(places[0]).toEqual({ level: 0, column: 3, row: 3 });
    const distances = places.map(({ column, row }) => Math.hypot(column - 2.92, row - 2.92));
    expect(distances.at(-1)).toBeGreaterThan(distances[0]!);
  });

  it('are only those that are seen', () => {
    const visible = { x: 512, y: 512, width: 512, height: 512 };
    expect(visibleTiles({ width: 6000, height: 4000 }, 0, visible, 512)).toEqual([
      { level: 0, column: 1, row: 1 },
    ]);
    expect(
      visibleTiles({ width: 600, height: 400 }, 0, { x: 1100, y: 0, width: 50, height: 50 }, 512),
    ).toEqual([]);
  });

  it('lie inside their ancestors', () => {
    fc.assert(
      fc.property(
        sizes,
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        (size, level, up) => {
          const last = visibleTiles(size, level, { x: 0, y: 0, ...size }, 256).at(-1)!;
          const inner = tileArea(last, size, 256);
          const outer = tileArea(ancestor(last, level + up), size, 256);
          expect(inner.x).toBeGreaterThanOrEqual(outer.x);
          expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width);
          expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height);
        },
      ),
    );
  });
});
