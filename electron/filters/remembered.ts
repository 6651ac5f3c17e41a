import { LRUCache } from 'lru-cache';
import type { Raster } from '../raster/raster';

/** Settings that are tried in turn come back to the one before. */
const kept = 2;

/**
 * Remembers what was computed from an overview, for as long as that is there: the last few results, by what else they depend
 * on. What failed or was cancelled is computed anew.
 */
export function rememberedBy<T extends object>() {
  const known = new WeakMap<Raster, LRUCache<string, Promise<T>>>();
  return (overview: Raster, key: unknown, compute: () => Promise<T>): Promise<T> => {
    const results = known.get(overview) ?? new LRUCache<string, Promise<T>>({ max: kept });
    known.set(overview, results);
    const name = JSON.stringify(key);
    const result = results.get(name) ?? compute();
    results.set(name, result);
    result.catch(() => results.delete(name));
    return result;
  };
}
