import { create } from 'zustand';
import { stepFileOpeners } from '../../electron/contract/engine';
import { type ErrorData, SidelightError } from '../../electron/contract/errors';
import type { FilterDescription, ParameterDescription } from '../../electron/contract/filters';
import type { Step } from '../../electron/contract/recipe';
import type { OpenedFile } from '../../electron/contract/shell';
import { isUsed } from '../../electron/recipe/parameters';
import { links } from '../bridge/engine';
import { useEngine } from '../bridge/engineStore';
import { useDocument } from './documentStore';
import { setParameters } from './edits';

export type FileParameter = Extract<ParameterDescription, { kind: 'file' }>;

/** A file that is being opened and looked at for a step, or that could not be used. */
interface Trial {
  readonly name: string;
  /** Null while it is being looked at. */
  readonly problem: ErrorData | null;
}

/** By the step they are for. What was chosen before stays in use until the next one has passed. */
export const useTrials = create<Readonly<Record<string, Trial>>>(() => ({}));

const setTrial = (stepId: string, trial: Trial | null) =>
  useTrials.setState((trials) => {
    const { [stepId]: _, ...others } = trials;
    return trial ? { ...others, [stepId]: trial } : others;
  }, true);

export const dismissTrial = (stepId: string) => setTrial(stepId, null);

/** Shows the shell's file chooser; the file that is chosen is looked at and, if it is fit, used. */
export const chooseStepFile = (stepId: string, parameter: FileParameter): Promise<void> =>
  tryFile(stepId, parameter, parameter.title, () =>
    links().shell.chooseFile(parameter.extensions ?? pictureExtensions()),
  );

const pictureExtensions = (): string[] =>
  (useEngine.getState().description?.formats ?? []).flatMap(({ reads, extensions }) =>
    reads ? extensions : [],
  );

/** The file that a step names, when the engine does not have it: after a recipe was opened, say. */
const reopenStepFile = (stepId: string, parameter: FileParameter, path: string): Promise<void> =>
  tryFile(stepId, parameter, path, () => links().shell.openPath(path));

async function tryFile(
  stepId: string,
  parameter: FileParameter,
  name: string,
  choose: () => Promise<OpenedFile | null>,
): Promise<void> {
  let shown = name;
  try {
    const file = await choose();
    if (!file) return;
    shown = file.name;
    setTrial(stepId, { name: shown, problem: null });
    const { fingerprint } = await links().engine[stepFileOpeners[parameter.content]]({
      fileId: file.fileId,
    });
    setTrial(stepId, null);
    setParameters(stepId, parameter.title, {
      [parameter.name]: file.path ?? file.name,
      ...fingerprintOf(stepId, parameter, fingerprint),
    });
  } catch (thrown) {
    setTrial(stepId, { name: shown, problem: SidelightError.from(thrown).toData() });
  }
}

/** The value of the parameter that keeps this file's fingerprint, where the step's filter has one. */
function fingerprintOf(stepId: string, { name }: FileParameter, fingerprint: string) {
  const step = useDocument.getState().work.processing.steps.find(({ id }) => id === stepId);
  const keeper = filterOf(step)?.parameters.find((one) => one.kind === 'fingerprint' && one.of === name);
  return keeper ? { [keeper.name]: fingerprint } : {};
}

function filterOf(step: Step | undefined): FilterDescription | undefined {
  return useEngine.getState().description?.filters.find(({ id }) => id === step?.filter);
}

/** The files of this kind that enabled steps name, each with what opens it again and what chooses another. */
export function stepFiles(content: FileParameter['content']) {
  const { steps } = useDocument.getState().work.processing;
  return steps
    .filter(({ enabled }) => enabled)
    .flatMap((step) => {
      const filter = filterOf(step);
      const parameter = filter?.parameters.find((one): one is FileParameter => one.kind === 'file');
      if (!filter || parameter?.content !== content || !isUsed(parameter, filter, step.parameters)) return [];
      const path = String(step.parameters[parameter.name] ?? '');
      return [
        {
          path,
          title: parameter.title.toLowerCase(),
          reopen: () => void reopenStepFile(step.id, parameter, path),
          choose: () => void chooseStepFile(step.id, parameter),
        },
      ];
    });
}
