import type { ErrorCode, ErrorData } from '../../electron/contract/errors';
import { chooseDevice, dismissProblem, startEngineAgain, useEngine } from '../bridge/engineStore';
import { sourceOf, useDocument } from '../document/documentStore';
import { setFit, setStepFilter, setUnknownMarker, swapInputs } from '../document/edits';
import { chooseFiles } from '../document/opening';
import { inSentence, pictureTitle, presetOf } from '../document/presets';
import { type FileParameter, stepFiles } from '../document/stepFiles';
import type { InputRole } from '../document/work';

/** A way out of a problem, as a button. */
export interface Remedy {
  readonly title: string;
  readonly perform: () => void;
}

const chooseFor = (role: InputRole): Remedy => ({
  title: `Choose another ${role}…`,
  perform: () => void chooseFiles(role),
});
/** By the name the preset has for it. */
function chooseMissing(role: InputRole): Remedy {
  const preset = presetOf(useDocument.getState().work, useEngine.getState().description?.presets ?? []);
  const name = preset && pictureTitle(preset, role);
  return {
    title: name ? `Choose the ${inSentence(name)}…` : `Choose a ${role}…`,
    perform: () => void chooseFiles(role),
  };
}
const swap: Remedy = { title: 'Swap the two', perform: swapInputs };
const crop: Remedy = { title: 'Crop the guidance', perform: () => setFit('crop') };
const stretch: Remedy = { title: 'Stretch the target', perform: () => setFit('stretch') };
const zerosAreValues: Remedy = {
  title: 'Take zeros as values',
  perform: () => setUnknownMarker('target', 'none'),
};
const useCpu: Remedy = {
  title: 'Use the CPU',
  perform: () => {
    dismissProblem();
    void chooseDevice('cpu');
  },
};

/** Only a connection that gave up can be opened again; until then it is being tried anyway. */
const startAgain = (): Remedy[] =>
  useEngine.getState().connection === 'closed'
    ? [{ title: 'Start the engine again', perform: startEngineAgain }]
    : [];

/** Taking zeros as values helps only where zeros are what makes pixels unknown; NaN stays NaN. */
const knowMore = (): Remedy[] =>
  sourceOf(useDocument.getState(), 'target')?.info?.unknownMarker === 'zero' ? [zerosAreValues] : [];

/** The first filter that does not need what is missing, in place of the one that does. */
function anotherFilter(withoutGuidance: boolean): Remedy[] {
  const { steps } = useDocument.getState().work.processing;
  const filters = useEngine.getState().description?.filters ?? [];
  const used = new Set(steps.map(({ filter }) => filter));
  const other = filters.find(
    ({ id, guidance }) => !used.has(id) && (!withoutGuidance || guidance !== 'required'),
  );
  const needy = steps.find((step) => {
    const filter = filters.find(({ id }) => id === step.filter);
    return !withoutGuidance || filter?.guidance === 'required';
  });
  if (!other || !needy) return [];
  return [{ title: `Use ${other.title} instead`, perform: () => setStepFilter(needy.id, other) }];
}

/** A file that a recipe names can be opened where it was; any can be chosen anew. */
const openStepFiles = (content: FileParameter['content']) => (): Remedy[] =>
  stepFiles(content).flatMap(({ path, title, reopen, choose }) => [
    // A bare name is what a browser told of a file: nobody knows where it lies.
    ...(/[/\\]/.test(path) ? [{ title: 'Open it again', perform: reopen }] : []),
    { title: `Choose the ${title}…`, perform: choose },
  ]);
const chooseOtherModels = (): Remedy[] =>
  stepFiles('network').map(({ title, choose }) => ({ title: `Choose another ${title}…`, perform: choose }));

const remediesByCode: Readonly<Partial<Record<ErrorCode, () => Remedy[]>>> = {
  'aspect-mismatch': () => [crop, stretch],
  'target-larger-than-guidance': () => [swap, chooseFor('guidance')],
  'guidance-missing': () => [chooseMissing('guidance'), ...anotherFilter(true)],
  'target-missing': () => [chooseMissing('target')],
  'target-all-unknown': () => [...knowMore(), chooseFor('target')],
  'model-missing': () => anotherFilter(false),
  'model-damaged': () => anotherFilter(false),
  'model-manifest-invalid': () => anotherFilter(false),
  'own-model-missing': openStepFiles('network'),
  'own-model-failed': chooseOtherModels,
  'own-photograph-missing': openStepFiles('photograph'),
  'filter-unknown': () => anotherFilter(false),
  'device-failed': () => [useCpu],
  'device-wrong-result': () => [useCpu],
  'device-unavailable': () => [useCpu],
  'engine-unreachable': startAgain,
};

/** The ways out there are, the best one first. Empty when the words must do. */
export const remediesFor = ({ code }: ErrorData): Remedy[] => remediesByCode[code]?.() ?? [];
