import { afterEach, expect, it, vi } from 'vitest';
import { autoRetouch } from '../../filters/autoRetouch';
import type { DgfModel } from '../../filters/networkModel';
import { cloneModel, exactLayer } from '../../filters/testing/clones';
import { largestDifference } from '../../filters/testing/filterInputs';
import { bound, evaluatorOf, runOf, wholeResult } from '../testing/evaluators';
import { pictureOf, processingOf, sourceOf, stepOf } from '../testing/sources';

afterEach(() => vi.restoreAllMocks());

const model = { ...cloneModel('b', 64), operator: 'auto-retouch', draft: 128 };
const photo = sourceOf(pictureOf(300, 200, 3));
const parameters = { operator: 'auto-retouch', variant: 'b' };

/** What a photo becomes, and the sizes at which the operator itself was asked: of what it works on and of what larger it was given. */
async function filtered(tileBytes: number, opacities: readonly number[], asked: DgfModel = model) {
  const operator = vi.spyOn(autoRetouch, 'apply');
  const { runtime, runs, small } = exactLayer([asked]);
  const evaluator = evaluatorOf({ models: runtime.networks.models, tileBytes });
  const results = [];
  for (const opacity of opacities) {
    const document = bound(photo, null, processingOf(stepOf('dgf', { parameters, opacity })));
    results.push(await wholeResult(evaluator, document, { ...runOf(), runtime }));
  }
  const sizes = operator.mock.calls.map(([{ region, overview }]) =>
    [region, ...(overview ? [overview] : [])].map(({ width, height }) => [width, height]),
  );
  operator.mockRestore();
  return { results, runs, small, sizes };
}

it('a draft is made once, at the size that the model wants, for all tiles and strengths, which agree with the whole', async () => {
  const whole = await filtered(1e9, [1]);
  const tiles = await filtered(1, [1, 0.4]);
  expect(tiles.runs.length).toBeGreaterThan(whole.runs.length);
  expect([whole.sizes, tiles.sizes]).toEqual([[[[192, 128]]], [[[192, 128]]]]);
  expect(largestDifference(tiles.results[0]!.data, whole.results[0]!.data)).toBeLessThan(1e-3);
});

it('the texture that a network is told beside its draft is of its small copy’s size, too', async () => {
  const { small, sizes } = await filtered(1, [1], { ...model, texture: true });
  expect(sizes).toEqual([[[192, 128]]]);
  expect(small).toHaveLength(1);
  for (const given of ['picture', 'texture', 'draft'])
    expect(small[0]![given]).toMatchObject({ channels: 3, width: 96, height: 64 });
});

it('the operator is given the larger copy that a model wants its draft by, beside the one that it works on', async () => {
  const asked = { ...model, texture: true, overview: 160 };
  const whole = await filtered(1e9, [1], asked);
  const tiles = await filtered(1, [1, 0.4], asked);
  const sizes = [
    [
      [192, 128],
      [240, 160],
    ],
  ];
  expect([whole.sizes, tiles.sizes]).toEqual([sizes, sizes]);
  for (const given of ['picture', 'texture', 'draft'])
    expect(tiles.small[0]![given]).toMatchObject({ channels: 3, width: 96, height: 64 });
  expect(largestDifference(tiles.results[0]!.data, whole.results[0]!.data)).toBeLessThan(1e-3);
});
