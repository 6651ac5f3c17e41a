import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halvedSide, intersection, tileSide, tilesTouching, withHalo } from './tiling';

const needs = fc.record({
  reach: fc.integer({ min: 0, max: 200 }),
  multiple: fc.constantFrom(1, 2, 8, 12, 32),
  bytesPerPixel: fc.integer({ min: 1, max: 10_000 }),
});

describe('tiles', () => {
  it('cover a region exactly once, inside the picture', () => {
    const length = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(length, length, length, length, fc.integer({ min: 24, max: 128 }), (x, y, w, h, side) => {
        const whole = { x: 0, y: 0, width: x + w, height: y + h };
        const region = { x, y, width: w, height: h };
        const tiles = tilesTouching(region, side, whole);
        const covered = tiles
          .map((tile) => intersection(tile, region))
          .reduce((sum, part) => sum + (part ? part.width * part.height : 0), 0);
        expect(covered).toBe(w * h);
        for (const tile of tiles) expect(intersection(tile, whole)).toEqual(tile);
        for (const [i, a] of tiles.entries())
          for (const b of tiles.slice(i + 1)) expect(intersection(a, b)).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  it('with halo fit into the memory unless they are as small as they get', () => {
    fc.assert(
      fc.property(needs, fc.integer({ min: 1e6, max: 1e9 }), (filter, bytes) => {
        const side = tileSide(filter, bytes, { width: 1000, height: 700 });
        expect(side % filter.multiple).toBe(0);
        const halo = 2 * Math.ceil(filter.reach / filter.multiple) * filter.multiple;
        const long = (length: number) =>
          Math.min(side + halo, Math.ceil(length / filter.multiple) * filter.multiple);
        const fits = long(1000) * long(700) * filter.bytesPerPixel <= bytes;
        expect(fits || side <= 192).toBe(true);
      }),
    );
  });
});

it('a picture that fits into the memory is one tile, however much its halo would take', () => {
  const network = { model: 'm', output: 'o' };
  const filter = { reach: 96, multiple: 8, bytesPerPixel: 1600, network };
  const tilesOf = (width: number, height: number) => {
    const whole = { x: 0, y: 0, width, height };
    return tilesTouching(whole, tileSide(filter, 640 * 2 ** 20, whole), whole).length;
  };
  expect([tilesOf(640, 480), tilesOf(4000, 90), tilesOf(800, 700)]).toEqual([1, 6, 4]);
});

describe('a halo', () => {
  it('reaches far enough, starts on the multiple, and ends on it or at the border', () => {
    const at = fc.integer({ min: 0, max: 500 });
    const length = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(needs, at, at, length, length, length, (filter, x, y, width, height, beyond) => {
        const whole = { width: x + width + beyond, height: y + height + beyond };
        const region = withHalo({ x, y, width, height }, filter, whole);
        expect(region.x % filter.multiple).toBe(0);
        expect(region.y % filter.multiple).toBe(0);
        expect(region.x).toBeLessThanOrEqual(Math.max(0, x - filter.reach));
        expect(region.x + region.width).toBeGreaterThanOrEqual(
          Math.min(whole.width, x + width + filter.reach),
        );
        const right = region.x + region.width;
        expect(right === whole.width || right % filter.multiple === 0).toBe(true);
        expect(right).toBeLessThanOrEqual(whole.width);
      }),
    );
  });
});

it('filters that reach far have larger tiles, where the halo would be most of the work, networks the largest', () => {
  const network = { model: 'm', output: 'o' };
  const sideOf = (reach: number, isNetwork: boolean) =>
    tileSide({ reach, multiple: 8, bytesPerPixel: 1, ...(isNetwork && { network }) }, 1e9, {
      width: 4000,
      height: 4000,
    });
  expect([sideOf(8, false), sideOf(200, false), sideOf(8, true), sideOf(96, true)]).toEqual([
    512, 768, 512, 768,
  ]);
});

it('halving stays on the multiple and comes to an end', () => {
  const filter = { reach: 4, multiple: 8, bytesPerPixel: 1 };
  let side: number | null = 512;
  const sides: number[] = [];
  while (side !== null) {
    sides.push(side);
    side = halvedSide(side, filter);
  }
  expect(sides).toEqual([512, 256, 128, 64, 32, 16]);
});

it('one tile that is never halved covers everything for a filter that needs the whole picture', () => {
  const filter = { extent: 'whole', reach: 0, multiple: 1, bytesPerPixel: 100 } as const;
  const whole = { x: 0, y: 0, width: 900, height: 1300 };
  const side = tileSide(filter, 1000, whole);
  expect(tilesTouching({ x: 500, y: 700, width: 1, height: 1 }, side, whole)).toEqual([whole]);
  expect(halvedSide(side, filter)).toBeNull();
});
