import type { FilterDescription } from '../../electron/contract/filters';
import type { Preset } from '../../electron/contract/presets';
import { presetProcessing } from '../../electron/recipe/presetProcessing';
import { useEngine } from '../bridge/engineStore';
import { type DocumentState, edit, sourceOf, useDocument } from './documentStore';
import { type InputRole, newStepId, type Work } from './work';

/** The preset the work was begun with, if any. */
export const presetOf = (work: Work, presets: readonly Preset[]): Preset | null =>
  presets.find(({ id }) => id === work.preset) ?? null;

const noPresets: readonly Preset[] = [];
export const usePresets = () => useEngine((state) => state.description?.presets ?? noPresets);

export function usePreset(): Preset | null {
  const presets = usePresets();
  return useDocument(({ work }) => presetOf(work, presets));
}

/** In the order in which pictures are named and asked for. */
export const inputRoles: readonly InputRole[] = ['target', 'guidance'];

/** What a preset calls the picture of a role; null for one that it does without. */
export const pictureTitle = (preset: Preset, role: InputRole): string | null =>
  role === 'target' ? preset.targetTitle : preset.guidanceTitle;

/** A title within a sentence: “Photo with flash” as “photo with flash”, “NIR photo” as it is. */
export const inSentence = (title: string): string =>
  /^.\S*[A-Z]/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);

/** Whether there are steps and none of them looks at a guidance picture, so that none is missed. */
export const needsNoGuidance = (
  { steps }: Work['processing'],
  filters: readonly FilterDescription[],
): boolean =>
  steps.length > 0 &&
  steps.every(({ filter, guidance }) => {
    const declared = filters.find(({ id }) => id === filter);
    return guidance === 'input' || declared?.guidance === 'unused';
  });

/** Roles that a preset needs a picture for and that have none, the target first. */
export const missingRoles = (preset: Preset, inputs: Work['inputs']): InputRole[] =>
  inputRoles.filter((role) => pictureTitle(preset, role) && !inputs[role]);

/** “Needs the photo with flash.”, or nothing when everything is there. */
export function missingSentence(preset: Preset, inputs: Work['inputs']): string | null {
  const titles = missingRoles(preset, inputs).map((role) => inSentence(pictureTitle(preset, role)!));
  return titles.length === 0 ? null : `Needs ${titles.map((title) => `the ${title}`).join(' and ')}.`;
}

type Opened = Pick<DocumentState, 'work' | 'sources'>;

/** What a preset does with the guidance at hand. */
function suitedProcessing(preset: Preset, opened: Opened): Work['processing'] {
  const filters = useEngine.getState().description?.filters ?? [];
  return presetProcessing(preset, filters, sourceOf(opened, 'guidance')?.info?.size ?? null);
}

/** The work done the preset's way. What guides itself is the target, whatever it was taken for before. */
export function withPreset({ work, sources }: Opened, preset: Preset): Work {
  const { target, guidance } = work.inputs;
  const alone = preset.guidanceTitle === null && target === null;
  const inputs = alone ? { target: guidance, guidance: null } : work.inputs;
  const suited = suitedProcessing(preset, { work: { ...work, inputs }, sources });
  const steps = suited.steps.map((step) => ({ ...step, id: newStepId() }));
  return {
    ...work,
    preset: preset.id,
    inputs,
    processing: { ...suited, fit: work.processing.fit, steps },
    export: null,
  };
}

export const choosePreset = (preset: Preset) =>
  edit(preset.title, (work) => withPreset({ work, sources: useDocument.getState().sources }, preset));

/** Work whose guidance may be another than before: parameters that are still as the preset set them go by the new one. */
export function withSuitedLengths(before: Work, after: Work): Work {
  const { sources } = useDocument.getState();
  const preset = presetOf(after, useEngine.getState().description?.presets ?? noPresets);
  if (!preset) return after;
  const old = suitedProcessing(preset, { work: before, sources }).steps;
  const suited = suitedProcessing(preset, { work: after, sources }).steps;
  const steps = after.processing.steps.map((step, index) => {
    if (old[index]?.filter !== step.filter) return step;
    const [was, is] = [old[index].parameters, suited[index]!.parameters];
    const followed = Object.entries(is).filter(([name]) => step.parameters[name] === was[name]);
    return { ...step, parameters: { ...step.parameters, ...Object.fromEntries(followed) } };
  });
  return { ...after, processing: { ...after.processing, steps } };
}

/** Back to files whose purpose is not known; the steps stay as they are. */
export const forgetPreset = () => edit('No preset', (work) => ({ ...work, preset: null }));

/** Whether the steps or what they are fed with are no longer as the preset set them. */
export function isChanged(opened: Opened, preset: Preset): boolean {
  const comparable = ({ fit: _fit, steps, ...rest }: Work['processing']) =>
    JSON.stringify({ ...rest, steps: steps.map(({ id: _id, ...step }) => step) });
  return comparable(opened.work.processing) !== comparable(suitedProcessing(preset, opened));
}
