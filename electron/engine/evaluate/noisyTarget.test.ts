import { afterAll, expect, it } from 'vitest';
import { modelsOf } from '../../filters/networkModel';
import { dagfModelOf, WindowMean } from '../../filters/testing/dagfNetworks';
import { largestDifference } from '../../filters/testing/filterInputs';
import { upsampleBicubic } from '../../raster/upsample';
import { ModelLibrary } from '../models/library';
import { bound, evaluatorOf, runOf, wholeResult } from '../testing/evaluators';
import { modelsFolder, noisySeen } from '../testing/modelsFolder';
import { networksOnProcessor } from '../testing/processorNetworks';
import { pictureOf, processingOf, sourceOf, stepOf } from '../testing/sources';
import type { Run } from './run';

const folder = modelsFolder();
afterAll(() => folder.remove());
folder.write(noisySeen());

const step = stepOf('dagf', { parameters: { noise: 'noisy' } });
const target = sourceOf(pictureOf(31, 23, 1, 5));
const guidance = sourceOf(pictureOf(123, 91, 3, 6));

const enlarged = (of = target, { width, height } = guidance.info.size) => {
  const factor = { x: width / of.raster.width, y: height / of.raster.height };
  const view = { raster: of.raster, offset: { x: 0, y: 0 }, factor, whole: of.raster };
  return upsampleBicubic(view, { x: 0, y: 0, width, height });
};

it('a graph is told the noisy target that its manifest says it sees', async () => {
  const library = new ModelLibrary(folder.path);
  const told = modelsOf((network) => library.models(network), 'dagf').map(({ seesNoisy }) => seesNoisy);
  expect(told).toEqual([true, false]);
  const networks = networksOnProcessor(library);
  const evaluator = evaluatorOf({ models: (network) => library.models(network) });
  const run: Run = { ...runOf(), runtime: { ...runOf().runtime, networks } };
  const result = await wholeResult(evaluator, bound(target, guidance, processingOf(step)), run);
  expect(networks.used).toEqual(['tiny-low-noise', 'tiny']);
  expect(largestDifference(result.data, enlarged().data)).toBeLessThan(1e-3);
});

/** Weights that see the noisy target, in the evaluator. */
function setting(tileBytes = 1e9) {
  const models = [
    { ...dagfModelOf(4, 'noisy'), denoisedBy: 'dagf-x4-low-noise', seesNoisy: true },
    dagfModelOf(4, 'low-noise'),
  ];
  const networks = new WindowMean(models);
  const run: Run = { ...runOf(), runtime: { ...runOf().runtime, networks } };
  return { networks, run, evaluator: evaluatorOf({ models: () => models, tileBytes }) };
}

it('in tiles the result is what it is as a whole', async () => {
  const [whole, tiled] = [setting(), setting(1)];
  const document = bound(target, guidance, processingOf(step));
  const one = await wholeResult(whole.evaluator, document, whole.run);
  const other = await wholeResult(tiled.evaluator, document, tiled.run);
  expect(tiled.networks.runs.length).toBeGreaterThan(whole.networks.runs.length);
  expect(largestDifference(one.data, other.data)).toBe(0);
});

it('a smaller view is computed from the noisy target on its grid', async () => {
  const { networks, run, evaluator } = setting();
  const [small, picture] = [sourceOf(pictureOf(256, 128, 1, 5)), sourceOf(pictureOf(2048, 1024, 3, 6))];
  const region = { x: 0, y: 0, width: 64, height: 64 };
  const document = bound(small, picture, processingOf(step));
  const { approximate } = await evaluator.evaluate(document, region, 1, run);
  expect([approximate, ...networks.runs.map(({ model }) => model)]).toEqual([
    true,
    'dagf-x4-low-noise',
    'dagf-x4-noisy',
  ]);
  const { noisy } = networks.runs[1]!.inputs;
  const { min, max } = small.knownRange!;
  const expected = enlarged(small, { width: 1024, height: 512 }).data;
  for (const [x, y] of [
    [0, 0],
    [40, 50],
    [63, 9],
  ] as const)
    expect(noisy!.data[y * noisy!.width + x]).toBeCloseTo((expected[y * 1024 + x]! - min) / (max - min), 5);
});
