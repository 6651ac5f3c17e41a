import { afterAll, expect, it } from 'vitest';
import { ModelLibrary } from '../models/library';
import { bound, evaluatorOf, wholeResult } from '../testing/evaluators';
import { modelsFolder, toldClones } from '../testing/modelsFolder';
import { networksOnProcessor } from '../testing/processorNetworks';
import { processingOf, sourceOf, stepOf } from '../testing/sources';

const folder = modelsFolder();
folder.write(toldClones());
afterAll(() => folder.remove());
const library = new ModelLibrary(folder.path);
const networks = networksOnProcessor(library);

/** Pixels of 0 and 200 in turn: in a copy of half the size all are 100. */
const [width, height] = [192, 128];
const turns = Float32Array.from({ length: 3 * width * height }, (_, i) => {
  const pixel = i % (width * height);
  return ((pixel % width) + Math.floor(pixel / width)) % 2 === 0 ? 0 : 200;
});
const photo = sourceOf({
  width,
  height,
  channels: 3,
  data: turns,
  fullScale: { min: 0, max: 255 },
  sampleType: 'u8',
});

const told: readonly [number, number][] = [
  [0.005, 0],
  [0.08, 1],
  [0.02, 0.5],
  [0.01, 0.25],
  [0.005, 0],
];

it.each([
  ['c', 'whole', 1e9, (value: number, t: number) => (1 - t) * value + t * 100],
  ['c', 'in tiles', 1, (value: number, t: number) => (1 - t) * value + t * 100],
  ['can', 'whole', 1e9, (value: number, t: number) => (1 - t) * value],
] as const)(
  'a clone (%s, %s) is told the operator’s parameter, anew whenever it changes',
  async (variant, _, tileBytes, expected) => {
    const evaluator = evaluatorOf({ models: (network) => library.models(network), tileBytes });
    for (const [lambda, t] of told) {
      const step = stepOf('dgf', { parameters: { operator: 'l0-smoothing', variant, side: '64', lambda } });
      const run = {
        runtime: { networks, signal: new AbortController().signal },
        device: 'cpu' as const,
        deviceOf: () => 'cpu' as const,
        models: [],
      };
      const result = await wholeResult(evaluator, bound(photo, null, processingOf(step)), run);
      const largest = result.data.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - expected(turns[i]!, t))),
        0,
      );
      expect(largest, `lambda ${lambda}`).toBeLessThan(1e-2);
    }
  },
);
