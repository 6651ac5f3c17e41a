import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitTo, nextZoom, type Pane, panBy, scaleAt, toPicture, toScreen, type Viewport } from './viewport';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const viewports: fc.Arbitrary<Viewport> = fc.record({
  centre: fc.record({ x: number(0, 6000), y: number(0, 4000) }),
  scale: number(0.02, 64),
});
const panes: fc.Arbitrary<Pane> = fc.record({
  x: number(0, 1000),
  y: number(0, 1000),
  width: number(10, 3000),
  height: number(10, 2000),
});
const points = fc.record({ x: number(-100, 3000), y: number(-100, 2000) });

describe('viewport', () => {
  it('keeps the point under the pointer when zooming', () => {
    fc.assert(
      fc.property(viewports, panes, points, number(0.02, 64), (viewport, pane, pointer, scale) => {
        const held = toPicture(viewport, pane, pointer);
        const after = toScreen(scaleAt(viewport, pane, pointer, scale), pane, held);
        expect(after.x).toBeCloseTo(pointer.x, 4);
        expect(after.y).toBeCloseTo(pointer.y, 4);
      }),
    );
  });

  it('takes screen to picture and back', () => {
    fc.assert(
      fc.property(viewports, panes, points, (viewport, pane, point) => {
        const back = toScreen(viewport, pane, toPicture(viewport, pane, point));
        expect(back.x).toBeCloseTo(point.x, 4);
        expect(back.y).toBeCloseTo(point.y, 4);
      }),
    );
  });

  it('shows the whole picture when fitted, and touches the margin on one axis', () => {
    const sizes = fc.record({
      width: fc.integer({ min: 8, max: 9000 }),
      height: fc.integer({ min: 8, max: 9000 }),
    });
    fc.assert(
      fc.property(sizes, (picture) => {
        const pane = { x: 44, y: 44, width: 1200, height: 800 };
        const viewport = fitTo(picture, pane, 24);
        const corner = toScreen(viewport, pane, { x: 0, y: 0 });
        expect(corner.x).toBeGreaterThanOrEqual(pane.x + 24 - 1e-6);
        expect(corner.y).toBeGreaterThanOrEqual(pane.y + 24 - 1e-6);
        const margins = [corner.x - pane.x, corner.y - pane.y];
        if (viewport.scale < 128) expect(Math.min(...margins)).toBeCloseTo(24, 4);
      }),
    );
  });

  it('never loses the picture off the screen', () => {
    const picture = { width: 640, height: 480 };
    const lost = panBy({ centre: { x: 320, y: 240 }, scale: 1 }, { x: 1e6, y: -1e6 }, picture);
    expect(lost.centre).toEqual({ x: 0, y: 480 });
  });

  it('moves the picture with the pointer', () => {
    const moved = panBy(
      { centre: { x: 320, y: 240 }, scale: 2 },
      { x: 10, y: 20 },
      { width: 640, height: 480 },
    );
    expect(moved.centre).toEqual({ x: 315, y: 230 });
  });

  it('steps through the stops in both directions', () => {
    expect(nextZoom(1, 1)).toBe(1.5);
    expect(nextZoom(1, -1)).toBeCloseTo(2 / 3);
    expect(nextZoom(0.3, 1)).toBeCloseTo(1 / 3);
    expect(nextZoom(1000, 1)).toBe(64);
    expect(nextZoom(0.0001, -1)).toBe(1 / 64);
  });
});
