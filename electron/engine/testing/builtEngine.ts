import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { buildEntry } from './buildEntry';
import { modelsFolder } from './modelsFolder';

const entries = {
  real: new URL('../entry.ts', import.meta.url),
  faulty: new URL('faultyEntry.ts', import.meta.url),
};

interface BuiltEngine {
  /** The module to start. */
  entryPath: string;
  /** With the tiny networks in it. */
  modelsPath: string;
}

/** An entry of the engine and models for it, there while a file's tests run. */
export function builtEngine(entry: keyof typeof entries): BuiltEngine {
  const engine: BuiltEngine = { entryPath: '', modelsPath: '' };
  const removals: (() => void)[] = [];
  beforeAll(async () => {
    const built = await buildEntry(fileURLToPath(entries[entry]));
    removals.push(built.remove);
    const models = modelsFolder();
    removals.push(models.remove);
    Object.assign(engine, { entryPath: built.path, modelsPath: models.path });
  });
  afterAll(() => {
    for (const remove of removals) remove();
  });
  return engine;
}
