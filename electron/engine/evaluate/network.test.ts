import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { filterById, filters } from '../../filters/list';
import type { Raster } from '../../raster/raster';
import { ModelLibrary } from '../models/library';
import { RasterStore } from '../store';
import { networksOnProcessor } from '../testing/processorNetworks';
import { pictureOf, processingOf, sourceOf, stepOf } from '../testing/sources';
import { checkDocument } from './document';
import { Evaluator } from './evaluator';

/** The models that are shipped, on the processor. */
const library = new ModelLibrary(fileURLToPath(new URL('../../../models', import.meta.url)));
const networks = networksOnProcessor(library);

// No multiple of the networks' 8 pixels, so that padding at the border takes part.
const target = sourceOf(pictureOf(37, 29, 1, 5));
const guidance = sourceOf(pictureOf(293, 227, 3, 6));

async function filtered(quality: string, noise: string, tileBytes: number): Promise<Raster> {
  const steps = [stepOf('dagf', { parameters: { quality, noise } })];
  const document = checkDocument(
    { target: 't', guidance: 'g', processing: processingOf(...steps) },
    { target, guidance },
    filters,
  );
  const evaluator = new Evaluator({
    filterById,
    models: (network) => library.models(network),
    store: new RasterStore(),
    tileBytes,
    cacheBytes: 1e8,
  });
  const whole = evaluator.whole(document);
  const run = {
    runtime: { networks, signal: new AbortController().signal },
    device: 'cpu' as const,
    deviceOf: () => 'cpu' as const,
    models: [],
  };
  for (const tile of whole.tiles) await whole.compute(tile, run);
  return whole.finish();
}

it.each([
  ['I_0', 'none'],
  ['I_2', 'none'],
  ['I_2', 'noisy'],
])('DAGF in tiles and whole agree to 1e-4 of the range: %s, noise %s', async (quality, noise) => {
  const whole = await filtered(quality, noise, 1e9);
  const tiled = await filtered(quality, noise, 1);
  const { min, max } = target.knownRange!;
  const largest = whole.data.reduce((most, value, i) => Math.max(most, Math.abs(value - tiled.data[i]!)), 0);
  expect(whole.data.every(Number.isFinite)).toBe(true);
  expect(largest).toBeLessThanOrEqual(1e-4 * (max - min));
});
