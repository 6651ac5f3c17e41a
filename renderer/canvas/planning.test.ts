import { describe, expect, it } from 'vitest';
import type { SceneLayer } from '../document/scene';
import type { ShownLayer } from '../document/viewStore';
import type { Frame } from './panes';
import { inAskingOrder, planFrame, type Situation } from './planning';
import { Pyramid } from './pyramid';
import { type TilePlace, tileKey } from './tiles';
import { baseWant } from './wants';

const stage = { x: 0, y: 0, width: 800, height: 600 };
const frame: Frame = { pane: stage, clip: stage, layers: ['result', 'target'] };
const layer = (id: ShownLayer, secondsPerMegapixel = 0): SceneLayer => ({
  id,
  document: {
    target: 't',
    guidance: 'g',
    processing: { fit: 'refuse', unknown: 'keep', targetValues: 'continuous', steps: [] },
  },
  display: { colormap: 'viridis', range: { min: 0, max: 1 }, markSaturated: false },
  size: { width: 4000, height: 3000 },
  scale: { x: 1, y: 1 },
  hasUnknown: false,
  key: id,
  secondsPerMegapixel,
  ends: null,
});

function situation(parts: Partial<Situation> = {}): Situation {
  const layers = parts.layers ?? [layer('result'), layer('target')];
  return {
    layers,
    pyramids: new Map(layers.map(({ id, size }) => [id, new Pyramid(size, 256, 0)])),
    viewport: { centre: { x: 2000, y: 1500 }, scale: 1 },
    pixelRatio: 1,
    opacity: { result: 1, target: 1, guidance: 1 },
    hatch: null,
    gesturing: false,
    blend: null,
    ends: 'never',
    ...parts,
  };
}

function fill(pyramid: Pyramid, places: readonly TilePlace[], approximate = false): void {
  for (const place of places) put(pyramid, place, 0, approximate);
}

function put(pyramid: Pyramid, place: TilePlace, version: number, approximate = false): void {
  const bitmap = { width: 256, height: 256, close: () => undefined };
  pyramid.put({ place, version, approximate, bitmap });
}

const levels = (wants: ReturnType<typeof planFrame>['wants'], id: ShownLayer) => [
  ...new Set(wants.filter((want) => want.layer === id).map(({ place }) => place.level)),
];

describe('planning a frame', () => {
  it('asks for the tiles on screen at the level of the zoom, of every layer that can be seen', () => {
    const at100 = planFrame(frame, situation());
    expect(levels(at100.wants, 'result')).toEqual([0]);
    expect(levels(at100.wants, 'target')).toEqual([0]);
    expect(at100.wants.length).toBeLessThan(40);
    const fitted = planFrame(frame, situation({ viewport: { centre: { x: 2000, y: 1500 }, scale: 0.2 } }));
    expect(levels(fitted.wants, 'result')).toEqual([2]);
  });

  it('asks for nothing that is there', () => {
    const now = situation();
    const { wants } = planFrame(frame, now);
    fill(
      now.pyramids.get('result')!,
      wants.filter((want) => want.layer === 'result').map(({ place }) => place),
    );
    const after = planFrame(frame, now);
    expect(after.wants).toEqual([]);
    expect([after.pending, after.inexact]).toEqual([0, 0]);
  });

  it('leaves out what an opaque layer above hides, and shows it through one that is not', () => {
    const now = situation();
    const places = planFrame(frame, now).paintings.get('result')!.places;
    fill(now.pyramids.get('result')!, places);
    expect([...planFrame(frame, now).paintings.keys()]).toEqual(['result']);
    const sheer = { ...now, opacity: { ...now.opacity, result: 0.5 } };
    expect([...planFrame(frame, sheer).paintings.keys()]).toEqual(['result', 'target']);
  });

  it('is inexact while tiles are approximate, pending only while they are missing', () => {
    const now = situation();
    fill(now.pyramids.get('result')!, planFrame(frame, now).paintings.get('result')!.places, true);
    const plan = planFrame(frame, now);
    expect(plan.pending).toBe(0);
    expect(plan.inexact).toBeGreaterThan(0);
  });

  it('asks for something coarse first when the filter is slow, and for nothing else while dragging', () => {
    const slow = situation({ layers: [layer('result', 4), layer('target')] });
    const [coarse, fine] = levels(planFrame(frame, slow).wants, 'result');
    expect(coarse).toBeGreaterThan(0);
    expect(fine).toBe(0);
    expect(levels(planFrame(frame, { ...slow, gesturing: true }).wants, 'result')).toEqual([coarse]);
  });
});

describe('a result that is mixed while its opacity is dragged', () => {
  const steps = [{ id: 's', filter: 'f', enabled: true, parameters: {}, iterations: 1 }];
  const end = (opacity: number) => {
    const { document } = layer('result');
    const at = steps.map((step) => ({ ...step, guidance: 'document', opacity }) as const);
    return { ...document, processing: { ...document.processing, steps: at } };
  };
  const mixed = () => {
    const [without, full] = [1, 2].map((version) => new Pyramid(layer('result').size, 256, version)) as [
      Pyramid,
      Pyramid,
    ];
    const ends = { without: end(0), full: end(1), share: 0.4, key: 'full', step: 's' };
    return situation({
      layers: [{ ...layer('result'), ends }, layer('target')],
      gesturing: true,
      blend: { without, full, share: 0.4 },
      ends: 'now',
    });
  };
  const asked = (now: Situation) => planFrame(frame, now).wants.filter((want) => want.layer === 'result');

  it('asks for both ends in the place of the result, each for its own pyramid', () => {
    const now = mixed();
    const wants = asked(now);
    const opacities = (pyramid: Pyramid) =>
      new Set(
        wants
          .filter((want) => want.pyramid === pyramid)
          .map(({ request }) => request.document.processing.steps[0]?.opacity),
      );
    expect(opacities(now.blend!.without)).toEqual(new Set([0]));
    expect(opacities(now.blend!.full)).toEqual(new Set([1]));
    expect(opacities(now.pyramids.get('result')!)).toEqual(new Set());
    expect(planFrame(frame, now).pending).toBe(wants.length / 2);
  });

  it('asks for nothing once they are there, and for the result when the gesture rests', () => {
    const now = mixed();
    for (const { pyramid, place, version } of asked(now)) put(pyramid, place, version);
    const plan = planFrame(frame, now);
    expect(asked(now)).toEqual([]);
    expect(plan.pending).toBe(0);
    expect(plan.inexact).toBeGreaterThan(0);
    expect([...plan.paintings.keys()], 'nothing shines through').toEqual(['result']);
    const rested = { ...now, gesturing: false, ends: 'ahead' } as const;
    expect(asked(rested).every(({ pyramid }) => pyramid === now.pyramids.get('result'))).toBe(true);
    expect(planFrame(frame, rested).pending).toBe(asked(rested).length);
  });

  it('has its ends asked for ahead, of a quick filter, and counts as there', () => {
    const now = { ...mixed(), gesturing: false, ends: 'ahead' } as const;
    const places = planFrame(frame, now).paintings.get('result')!.places;
    fill(now.pyramids.get('result')!, places);
    const { wants, ahead, pending } = planFrame(frame, now);
    expect([wants, pending]).toEqual([[], 0]);
    expect(ahead).toHaveLength(2 * places.length);
    const slow = { ...now, layers: [{ ...now.layers[0]!, secondsPerMegapixel: 10 }] };
    expect(planFrame(frame, slow).ahead).toEqual([]);
  });

  it('is asked for itself where it is half transparent', () => {
    const now = { ...mixed(), opacity: { result: 0.5, target: 1, guidance: 1 } };
    expect(asked(now).every(({ pyramid }) => pyramid === now.pyramids.get('result'))).toBe(true);
  });
});

describe('the order of asking', () => {
  it('is sources, a rough result, its thumbnail, its parts', () => {
    const now = situation({ layers: [layer('result', 4), layer('target')] });
    const { wants } = planFrame(frame, now);
    const bases = now.layers.map((one) => baseWant(one, now.pyramids.get(one.id)!)!);
    const order = inAskingOrder(wants, bases).map((want) => [want.layer, tileKey(want.place)] as const);
    const first = (id: string, level: string) =>
      order.findIndex(([name, key]) => name === id && key.startsWith(`${level}/`));
    expect(order).toHaveLength(wants.length + bases.length);
    expect(order[0]).toEqual(['target', '4/0/0']);
    expect(first('target', '0')).toBeLessThan(first('result', '2'));
    expect(first('result', '2')).toBeLessThan(first('result', '4'));
    expect(first('result', '4')).toBeLessThan(first('result', '0'));
  });
});

describe('behind the divider', () => {
  const right: Frame = { pane: stage, clip: { ...stage, x: 300, width: 500 }, layers: ['result', 'target'] };

  it('asks for the result there after everything that is seen', () => {
    const { wants, ahead } = planFrame(right, situation());
    const wanted = new Set(wants.map(({ place }) => tileKey(place)));
    expect(ahead.length).toBeGreaterThan(0);
    expect(ahead.every((want) => want.layer === 'result')).toBe(true);
    expect(ahead.some(({ place }) => !wanted.has(tileKey(place)))).toBe(true);
  });

  it('asks for nothing more while a parameter is dragged, and nothing where all is seen', () => {
    expect(planFrame(right, situation({ gesturing: true })).ahead).toEqual([]);
    expect(planFrame(frame, situation()).ahead).toEqual([]);
  });
});
