import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
const file = path.resolve(import.meta.dirname, '..', 'package-lock.json');
const { packages } = lockSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

// `npm install` drops the packages of other platforms where its registry does not carry them, and `npm ci` then refuses the lock.
it('names the native packages of every platform, so that npm ci works on each', () => {
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !found(place, name)),
  );
  expect(missing).toEqual([]);
});

it('names no registry', () => {
  const hosts = Object.values(packages).flatMap(({ resolved }) => resolved ?? []);
  expect(hosts).toEqual([]);
});

/** As Node looks a package up: beside its dependant, then in every folder above. */
function found(place: string, name: string): boolean {
  if (`${place === '' ? '' : `${place}/`}node_modules/${name}` in packages) return true;
  const above = place.lastIndexOf('node_modules/');
  return above >= 0 && found(place.slice(0, above).replace(/\/$/, ''), name);
}
