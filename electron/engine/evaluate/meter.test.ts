import { describe, expect, it } from 'vitest';
import { bound, evaluatorOf, runOf } from '../testing/evaluators';
import { pictureOf, processingOf, sourceOf, stepOf } from '../testing/sources';
import { Meter } from './meter';

describe('a meter', () => {
  it('counts tiles and the part of the one in work, and never goes back', () => {
    const shares: number[] = [];
    const meter = new Meter((share) => shares.push(share));
    meter.expect(4);
    meter.within(0.5);
    meter.tileDone();
    meter.within(-1);
    meter.within(0.5);
    meter.expect(1);
    meter.tileDone();
    for (let i = 0; i < 4; i += 1) meter.tileDone();
    expect(shares).toEqual([0.125, 0.25, 0.25, 0.375, 0.4, 0.6, 0.8, 1, 1]);
  });
});

describe('a walk', () => {
  it('knows beforehand how many tiles all its steps and iterations have to compute', async () => {
    const target = sourceOf(pictureOf(1100, 30, 1));
    const guidance = sourceOf(pictureOf(1100, 30, 3));
    const steps = [stepOf('guided-filter', { iterations: 3 }), stepOf('bicubic', { id: 'b', opacity: 0.5 })];
    const document = bound(target, guidance, processingOf(...steps));
    const evaluator = evaluatorOf();
    const shares: number[] = [];
    const run = { ...runOf(), meter: new Meter((share) => shares.push(share)) };
    // Enlarged: one tile; blends are not kept. The last iteration: one; those before it: its neighbours as well.
    await evaluator.evaluate(document, { x: 600, y: 0, width: 64, height: 30 }, 0, run);
    expect(shares).toHaveLength(1 + 1 + 3 + 3);
    expect(shares.at(-1)).toBe(1);
    await evaluator.evaluate(document, { x: 600, y: 0, width: 64, height: 30 }, 0, run);
    expect(shares, 'what is kept is not computed again').toHaveLength(8);
  });
});
