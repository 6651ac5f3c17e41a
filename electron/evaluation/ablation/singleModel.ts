import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { SidelightError } from '../../contract/errors';

/** Only what is needed to take a model out of its manifest: the engine checks the rest. */
const manifestSchema = z.looseObject({
  models: z.array(
    z.looseObject({
      id: z.string(),
      outputs: z.array(z.looseObject({ file: z.string() })),
      weights: z.looseObject({ file: z.string() }),
    }),
  ),
});

/**
 * Lets `use` work with a folder that holds one model of another folder and nothing else, so that filters have no choice.
 * @throws SidelightError model-missing
 */
export async function withSingleModel<T>(
  folder: string,
  id: string,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const single = await mkdtemp(path.join(tmpdir(), 'sidelight-ablation-'));
  try {
    const manifest = manifestSchema.parse(
      JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')),
    );
    const model = manifest.models.find((one) => one.id === id);
    if (!model) throw new RangeError(`The manifest has no model “${id}”.`);
    for (const { file } of [...model.outputs, model.weights])
      await copyFile(path.join(folder, path.basename(file)), path.join(single, path.basename(file)));
    await writeFile(path.join(single, 'manifest.json'), JSON.stringify({ ...manifest, models: [model] }));
    return await use(single);
  } catch (thrown) {
    if (thrown instanceof SidelightError) throw thrown;
    throw new SidelightError(
      'model-missing',
      `The model “${id}” of ${folder} cannot be read.`,
      'Write the folder again with models/training/ablation_export.py.',
      { path: folder, model: id },
      thrown,
    );
  } finally {
    await rm(single, { recursive: true, force: true });
  }
}
