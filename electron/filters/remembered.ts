import { LRUCache } from 'lru-cache';
import type { Raster } from '../raster/raster';

/** Settings that are tried in turn come back to the one before. */
const kept = 2;

interface Computation<T> {
  readonly result: Promise<T>;
  /** Of the one who asked first, and whose cancel ends it. */
  readonly signal: AbortSignal;
}

/**
 * Remembers what was computed from an overview, for as long as that is there: the last few results, by what else they depend
 * on. What failed or was cancelled is computed anew, for those who waited for what another one cancelled at once.
 */
export function rememberedBy<T extends object>() {
  const known = new WeakMap<Raster, LRUCache<string, Computation<T>>>();
  /** @param signal the asker's, which may end the computation */
  return async (
    overview: Raster,
    key: unknown,
    signal: AbortSignal,
    compute: () => Promise<T>,
  ): Promise<T> => {
    const computations = known.get(overview) ?? new LRUCache<string, Computation<T>>({ max: kept });
    known.set(overview, computations);
    const name = JSON.stringify(key);
    for (;;) {
      const computation = computations.get(name) ?? { result: compute(), signal };
      computations.set(name, computation);
      try {
        return await computation.result;
      } catch (error) {
        if (computations.get(name) === computation) computations.delete(name);
        if (signal.aborted || !computation.signal.aborted) throw error;
      }
    }
  };
}
