import { describe, expect, it } from 'vitest';
import { bound, evaluatorOf, pointFilter, runOf, wholeResult, withFilters } from '../testing/evaluators';
import { pictureOf, processingOf, sourceOf, stepOf } from '../testing/sources';

/** Means of the target and the guidance, in the target's 0…255. */
const halfway = pointFilter('halfway', (target, guidance) => 0.5 * target + 0.5 * 255 * guidance);
const { known, filterById } = withFilters(halfway);

const target = sourceOf(pictureOf(48, 36, 3, 2));
const guidance = sourceOf(pictureOf(48, 36, 3, 5));
const evaluator = () => evaluatorOf({ filterById });

describe('a step guided by what comes into it', () => {
  it('needs no guidance picture, and sees itself scaled to 0…1', async () => {
    const step = stepOf('halfway', { guidance: 'input', iterations: 3 });
    const alone = await wholeResult(evaluator(), bound(target, null, processingOf(step), known));
    // Halfway between a value and itself: only the target can have been the guidance.
    for (const [i, value] of alone.data.entries()) expect(value).toBeCloseTo(target.raster.data[i]!, 3);
  });

  it('is guided by the iteration before; by the same picture every time otherwise', async () => {
    const shrink = pointFilter('shrink', (value, guide) => 0.5 * value * guide);
    const own = withFilters(shrink);
    const results = await Promise.all(
      (['input', 'document'] as const).map((by) => {
        const step = stepOf('shrink', { guidance: by, iterations: 2 });
        const document = bound(target, target, processingOf(step), own.known);
        return wholeResult(evaluatorOf({ filterById: own.filterById }), document);
      }),
    );
    for (const [i, value] of target.raster.data.entries()) {
      const share = value / 255;
      const first = 0.5 * value * share;
      expect(results[0]!.data[i]).toBeCloseTo((0.5 * first * first) / 255, 3);
      expect(results[1]!.data[i]).toBeCloseTo(0.5 * first * share, 3);
    }
  });

  it('is not taken for the same step guided by the document', async () => {
    const shared = evaluator();
    const by = (which: 'input' | 'document') =>
      bound(target, guidance, processingOf(stepOf('halfway', { guidance: which })), known);
    const first = await wholeResult(shared, by('input'));
    const second = await wholeResult(shared, by('document'));
    expect(second.data).not.toEqual(first.data);
  });
});

describe('the picture after an iteration', () => {
  const steps = [stepOf('halfway', { id: 'a', iterations: 3 }), stepOf('guided-filter', { id: 'b' })];
  const document = { target: 't', guidance: 'g', processing: processingOf(...steps) };

  it('is what a shorter recipe gives, and comes from the same tiles', async () => {
    const shared = evaluator();
    const { checkDocument } = await import('./document');
    const until = (step: string, iteration: number) =>
      checkDocument({ ...document, until: { step, iteration } }, { target, guidance }, known);
    await wholeResult(shared, checkDocument(document, { target, guidance }, known));
    for (const iteration of [1, 2, 3]) {
      const short = processingOf(stepOf('halfway', { id: 'a', iterations: iteration }));
      const expected = await wholeResult(evaluator(), bound(target, guidance, short, known));
      // Computed on the way to the result already: it is there without computing anything.
      const pixel = await shared.peek(until('a', iteration), 7, 5, runOf());
      expect(pixel?.data[0]).toBeCloseTo(expected.data[5 * 48 + 7]!, 4);
    }
  });
});
