import path from 'node:path';
import type { FilterDescription } from '../contract/filters';
import type { OwnNetwork } from '../contract/ownNetworks';
import type { Processing, Step } from '../contract/recipe';
import type { Context } from './context';
import type { EngineSession } from './engineSession';

/** Tries a model file and makes it known to the engine. @throws SidelightError own-model-unsuited, file-not-found, … */
export async function openOwnModel({ files, engine }: EngineSession, file: string): Promise<OwnNetwork> {
  const { fileId } = await files.openPath(file);
  return engine.openModel({ fileId });
}

/**
 * The steps with the files that their parameters name opened: each fingerprint is that of the file as it is now. One that
 * the recipe has otherwise is remarked on.
 * @param folder where relative paths begin; null for paths as the user typed them
 */
export async function withOpenModels(
  { output }: Pick<Context, 'output'>,
  session: EngineSession,
  processing: Processing,
  filters: readonly FilterDescription[],
  folder: string | null,
): Promise<Processing> {
  const opened = async (step: Step): Promise<Step> => {
    const filter = filters.find(({ id }) => id === step.filter);
    const fingerprint = filter?.parameters.find(({ kind }) => kind === 'fingerprint');
    const file = fingerprint?.kind === 'fingerprint' ? step.parameters[fingerprint.of] : '';
    if (!step.enabled || !fingerprint || typeof file !== 'string' || file === '') return step;
    const network = await openOwnModel(session, folder === null ? file : path.resolve(folder, file));
    const recorded = step.parameters[fingerprint.name] ?? '';
    if (recorded !== '' && recorded !== network.fingerprint)
      output.remark(`${file} has changed since the recipe was made with it.`);
    return { ...step, parameters: { ...step.parameters, [fingerprint.name]: network.fingerprint } };
  };
  const steps: Step[] = [];
  for (const step of processing.steps) steps.push(await opened(step));
  return { ...processing, steps };
}
