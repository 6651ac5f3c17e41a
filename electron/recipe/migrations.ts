import { z } from 'zod';
import { SidelightError } from '../contract/errors';
import { type Recipe, recipeSchema } from '../contract/recipe';

/** Takes a recipe of one version to the next. It may trust the shape its version was written in, and nothing else. */
export interface Migration {
  /** What changed, in a few words. */
  readonly name: string;
  migrate(data: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

const isDocument = (data: unknown): data is Record<string, unknown> =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

/** In order: the first takes version 1 to 2. An entry is never changed once a release has written its version. */
const recipeMigrations: readonly Migration[] = [
  {
    name: 'class maps, and pictures that guide themselves',
    migrate: (recipe) => ({
      ...recipe,
      targetValues: 'continuous',
      steps: Array.isArray(recipe.steps)
        ? recipe.steps.map((step: unknown) => (isDocument(step) ? { ...step, guidance: 'document' } : step))
        : recipe.steps,
    }),
  },
];

const documentSchema = z.record(z.string(), z.unknown());

/**
 * The recipe in a file, brought to the present version.
 * @throws SidelightError recipe-invalid, with the path of what is wrong in `details.path`
 */
export function parseRecipe(text: string): Recipe {
  const migrated = migrate(readJson(text), recipeMigrations);
  const checked = recipeSchema.safeParse(migrated);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const path = describePath(issue?.path ?? []);
  throw new SidelightError(
    'recipe-invalid',
    `The recipe is wrong at ${path}: ${issue?.message ?? 'wrong shape'}.`,
    `Correct “${path}” in the file, or save the recipe from Sidelight again.`,
    { path },
  );
}

/**
 * Runs the migrations that lie between the version a document was written in and the present one.
 * @throws SidelightError recipe-invalid when it is no document, or one of a version that is not known
 */
export function migrate(data: unknown, migrations: readonly Migration[]): Record<string, unknown> {
  const document = documentSchema.safeParse(data);
  if (!document.success) {
    throw new SidelightError(
      'recipe-invalid',
      'The file holds no recipe: a recipe is a JSON object.',
      'Name a recipe that was saved from Sidelight.',
      { path: '(whole file)' },
    );
  }
  const version = document.data.version;
  const present = migrations.length + 1;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) throw noVersion();
  if (version > present) throw tooNew(version, present);
  return migrations
    .slice(version - 1)
    .reduce<Record<string, unknown>>(
      (older, migration, index) => ({ ...migration.migrate(older), version: version + index + 1 }),
      document.data,
    );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new SidelightError(
      'recipe-invalid',
      `The recipe is not valid JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      'Correct the file at that place, or save the recipe from Sidelight again.',
      { path: '(whole file)' },
      thrown,
    );
  }
}

const noVersion = () =>
  new SidelightError(
    'recipe-invalid',
    'The recipe does not say which version it is written in.',
    'Recipes written by Sidelight begin with "version": 1; add it if that is what the file follows.',
    { path: 'version' },
  );

const tooNew = (version: number, present: number) =>
  new SidelightError(
    'recipe-invalid',
    `The recipe is of version ${version}, and this Sidelight knows versions up to ${present}.`,
    'Update Sidelight, or save the recipe again from the version that wrote it in an older form.',
    { path: 'version', version, present },
  );

/** `steps[0].parameters.radius`, as one would write it in JavaScript or jq. */
function describePath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '(whole file)';
  return path
    .map((key, index) =>
      typeof key === 'number' ? `[${key}]` : index === 0 ? String(key) : `.${String(key)}`,
    )
    .join('');
}
