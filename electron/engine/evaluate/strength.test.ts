import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bound, evaluatorOf, wholeResult } from '../testing/evaluators';
import { pictureOf, processingOf, sourceOf, stepOf } from '../testing/sources';

const photo = sourceOf(pictureOf(14, 11, 3, 3));
const evaluator = evaluatorOf();

const resultAt = async (opacity: number) => {
  const step = stepOf('l0-smoothing', { parameters: { lambda: 0.05 }, opacity });
  return (await wholeResult(evaluator, bound(photo, null, processingOf(step)))).data;
};

/** As the slider gives them. */
const percent = fc.integer({ min: 0, max: 100 });
/** Float32 at 255. */
const rounding = 1e-4;

it('the strength of an operator leads every value from the picture to the full effect, never back', async () => {
  const [none, full] = [await resultAt(0), await resultAt(1)];
  expect(none).toEqual(photo.raster.data);
  expect(full.some((value, i) => Math.abs(value - none[i]!) > 1)).toBe(true);
  await fc.assert(
    fc.asyncProperty(percent, percent, async (one, other) => {
      const weak = await resultAt(Math.min(one, other) / 100);
      const strong = await resultAt(Math.max(one, other) / 100);
      for (const [i, start] of none.entries()) {
        const end = full[i]!;
        const order = start <= end ? [start, weak[i]!, strong[i]!, end] : [end, strong[i]!, weak[i]!, start];
        for (let at = 1; at < order.length; at += 1)
          expect(order[at]! - order[at - 1]!).toBeGreaterThanOrEqual(-rounding);
      }
    }),
    { numRuns: 50 },
  );
});
