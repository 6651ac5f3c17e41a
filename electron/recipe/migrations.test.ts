import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newRecipe } from './defaults';
import { type Migration, migrate, parseRecipe } from './migrations';

const fixtures = join(import.meta.dirname, 'fixtures');

const invalid = (path: string) =>
  expect.objectContaining({ code: 'recipe-invalid', details: expect.objectContaining({ path }) });

const renames: Migration[] = [
  { name: 'size becomes radius', migrate: ({ size, ...rest }) => ({ ...rest, radius: size }) },
  { name: 'radius is doubled', migrate: (data) => ({ ...data, radius: Number(data.radius) * 2 }) },
];

describe('recipes on disk', () => {
  it.each(readdirSync(fixtures))('loads %s, as every version ever written', (name) => {
    const text = readFileSync(join(fixtures, name), 'utf8');
    const recipe = parseRecipe(text);
    const written = JSON.parse(text) as { steps: object[] };
    // Nothing of an older file is lost, and what it could not say is what it meant.
    expect(recipe).toEqual({
      targetValues: 'continuous',
      ...written,
      version: 2,
      steps: written.steps.map((step) => ({ guidance: 'document', ...step })),
    });
  });

  it('reads back what is written', () => {
    expect(parseRecipe(JSON.stringify(newRecipe()))).toEqual(newRecipe());
  });

  it.each<[string, string, (recipe: Record<string, unknown>) => void]>([
    [
      'a wrong sample type',
      'export.sampleType',
      (r) => Object.assign(r.export as object, { sampleType: 'u12' }),
    ],
    ['a missing export', 'export', (r) => delete r.export],
    ['steps that are no list', 'steps', (r) => Object.assign(r, { steps: {} })],
    ['a step without iterations', 'steps[0].filter', (r) => Object.assign(r, { steps: [{ id: 'a' }] })],
    ['no version', 'version', (r) => delete r.version],
    ['a version that is no number', 'version', (r) => Object.assign(r, { version: '1' })],
    ['version 0', 'version', (r) => Object.assign(r, { version: 0 })],
  ])('says where %s is', (_, path, spoil) => {
    const recipe = { ...newRecipe() } as Record<string, unknown>;
    spoil(recipe);
    expect(() => parseRecipe(JSON.stringify(recipe))).toThrow(invalid(path));
  });

  it('says that a newer recipe needs a newer Sidelight', () => {
    const newer = JSON.stringify({ ...newRecipe(), version: 7 });
    expect(() => parseRecipe(newer)).toThrow('version 7, and this Sidelight knows versions up to 2');
  });

  it.each(['', '{', 'null', '[]', '"recipe"', '3'])('refuses %j as no recipe', (text) => {
    expect(() => parseRecipe(text)).toThrow(invalid('(whole file)'));
  });
});

describe('migrate', () => {
  it('runs those that lie ahead, in order', () => {
    expect(migrate({ version: 1, size: 4 }, renames)).toEqual({ version: 3, radius: 8 });
    expect(migrate({ version: 2, radius: 4 }, renames)).toEqual({ version: 3, radius: 8 });
    expect(migrate({ version: 3, radius: 4 }, renames)).toEqual({ version: 3, radius: 4 });
  });

  it('leaves what it was given as it was', () => {
    const written = Object.freeze({ version: 1, size: 4 });
    migrate(written, renames);
    expect(written).toEqual({ version: 1, size: 4 });
  });

  it('refuses what comes after the last', () => {
    expect(() => migrate({ version: 4 }, renames)).toThrow(invalid('version'));
  });
});
