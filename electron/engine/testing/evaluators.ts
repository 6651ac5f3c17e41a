import type { Processing } from '../../contract/recipe';
import type { Filter, NetworkRunner } from '../../filters/filter';
import { filterById, filters } from '../../filters/list';
import { createRaster, type Raster } from '../../raster/raster';
import { upsampleBicubic } from '../../raster/upsample';
import { type CheckedDocument, checkDocument } from '../evaluate/document';
import { Evaluator, type EvaluatorSettings } from '../evaluate/evaluator';
import type { Run } from '../evaluate/run';
import { RasterStore, type Source } from '../store';

const noNetworks: NetworkRunner = {
  models: () => [],
  run: async () => {
    throw new Error('There are no networks here.');
  },
};

export const runOf = (signal = new AbortController().signal): Run => ({
  runtime: { networks: noNetworks, signal },
  device: 'cpu',
  deviceOf: () => 'cpu',
  models: [],
});

export const evaluatorOf = (settings: Partial<EvaluatorSettings> = {}) =>
  new Evaluator({
    filterById,
    models: () => [],
    store: new RasterStore(),
    tileBytes: 1e9,
    cacheBytes: 1e8,
    ...settings,
  });

export const bound = (
  target: Source,
  guidance: Source | null,
  processing: Processing,
  known: readonly Filter[] = filters,
): CheckedDocument =>
  checkDocument({ target: 't', guidance: guidance && 'g', processing }, { target, guidance }, known);

export async function wholeResult(
  evaluator: Evaluator,
  document: CheckedDocument,
  run = runOf(),
): Promise<Raster> {
  const whole = evaluator.whole(document);
  for (const tile of whole.tiles) await whole.compute(tile, run);
  return whole.finish();
}

/** A filter of one's own, listed beside the real ones. */
export function filterOf(id: string, part: Partial<Filter>): Filter {
  return {
    description: {
      id,
      title: id,
      summary: '',
      guidance: 'optional',
      leastFactor: 1,
      parameters: [],
      paper: '',
      secondsPerMegapixel: 1,
    },
    tileNeeds: () => ({ reach: 0, multiple: 1, bytesPerPixel: 1 }),
    apply: async (input) => upsampleBicubic(input.target, input.region),
    ...part,
  };
}

export const withFilters = (...more: Filter[]) => ({
  known: [...filters, ...more],
  filterById: (id: string) => more.find((filter) => filter.description.id === id) ?? filterById(id),
});

/** A filter that gives each pixel a function of its value in the enlarged target and in the guidance's first channel. */
export const pointFilter = (id: string, value: (target: number, guidance: number) => number): Filter =>
  filterOf(id, {
    apply: async ({ target, guidance, region }) => {
      const enlarged = upsampleBicubic(target, region);
      const data = enlarged.data.map((one, i) => value(one, guidance?.data[i] ?? Number.NaN));
      return createRaster({ ...enlarged, data });
    },
  });
