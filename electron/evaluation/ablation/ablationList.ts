import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { SidelightError } from '../../contract/errors';

const rowSchema = z.object({
  id: z.string().min(1),
  title: z.string().min(1),
  /** Pyramid levels, the paper's m. */
  levels: z.int().positive(),
  /** Side of a kernel, the paper's k. */
  kernel: z.int().positive(),
  parameters: z.int().positive(),
  /** The paper's RMSE; null where it has no such row. */
  paper: z.number().positive().nullable(),
  /** Ids in the folder's manifest, one for every seed it was trained with. */
  models: z.array(z.string().min(1)).min(1),
});
/** One variant of the network. */
export type AblationRow = z.infer<typeof rowSchema>;

const tableSchema = z.object({ dataset: z.string().min(1), rows: z.array(rowSchema) });
/** Rows in the paper's order, and the data set its figures are from. */
export type AblationTable = z.infer<typeof tableSchema>;

const listSchema = z.object({ components: tableSchema, grid: tableSchema });
export type AblationList = z.infer<typeof listSchema>;

/**
 * What the models of a folder stand for, from `tables.json` beside their manifest.
 * @throws SidelightError model-missing, model-manifest-invalid
 */
export async function readAblationList(folder: string): Promise<AblationList> {
  const file = path.join(folder, 'tables.json');
  const remedy =
    'Name a folder that models/training/ablation_export.py wrote with --models. The packaged application has none; a checkout has models/ablation.';
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new SidelightError(
      'model-missing',
      `There are no models of an ablation in ${folder}.`,
      remedy,
      { path: file },
      cause,
    );
  }
  try {
    return listSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new SidelightError(
      'model-manifest-invalid',
      `The list of an ablation’s models, ${file}, cannot be understood.`,
      remedy,
      { path: file },
      cause,
    );
  }
}
