import path from 'node:path';
import { stepFileOpeners } from '../contract/engine';
import type { FilterDescription, ParameterDescription } from '../contract/filters';
import type { Processing, Step } from '../contract/recipe';
import { isUsed } from '../recipe/parameters';
import type { Context } from './context';
import type { EngineSession } from './engineSession';

type FingerprintParameter = Extract<ParameterDescription, { kind: 'fingerprint' }>;

/**
 * The steps with the files that their parameters name opened: each fingerprint is that of the file as it is now. One that
 * the recipe has otherwise is remarked on.
 * @param folder where relative paths begin; null for paths as the user typed them
 * @throws SidelightError what opening a file of its kind throws
 */
export async function withStepFiles(
  { output }: Pick<Context, 'output'>,
  { files, engine }: EngineSession,
  processing: Processing,
  filters: readonly FilterDescription[],
  folder: string | null,
): Promise<Processing> {
  const opened = async (step: Step): Promise<Step> => {
    const filter = filters.find(({ id }) => id === step.filter);
    const fingerprint = filter?.parameters.find(
      (one): one is FingerprintParameter => one.kind === 'fingerprint',
    );
    const file = filter?.parameters.find(({ name }) => name === fingerprint?.of);
    if (!step.enabled || !filter || !fingerprint || file?.kind !== 'file') return step;
    const named = step.parameters[file.name];
    if (typeof named !== 'string' || named === '' || !isUsed(file, filter, step.parameters)) return step;
    const { fileId } = await files.openPath(folder === null ? named : path.resolve(folder, named));
    const found = await engine[stepFileOpeners[file.content]]({ fileId });
    const recorded = step.parameters[fingerprint.name] ?? '';
    if (recorded !== '' && recorded !== found.fingerprint)
      output.remark(`${named} has changed since the recipe was made with it.`);
    return { ...step, parameters: { ...step.parameters, [fingerprint.name]: found.fingerprint } };
  };
  const steps: Step[] = [];
  for (const step of processing.steps) steps.push(await opened(step));
  return { ...processing, steps };
}
