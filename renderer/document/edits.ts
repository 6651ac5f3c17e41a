import type { FilterDescription, ParameterValue, ParameterValues } from '../../electron/contract/filters';
import type {
  ExportSettings,
  Fit,
  Step,
  StepGuidance,
  TargetValues,
  UnknownPolicy,
} from '../../electron/contract/recipe';
import type { Unit, UnknownMarker } from '../../electron/contract/sources';
import { defaultStep } from '../../electron/recipe/defaults';
import { defaultParameters } from '../../electron/recipe/parameters';
import { edit } from './documentStore';
import { withSuitedLengths } from './presets';
import { type InputChoice, type InputRole, newStepId, type Work } from './work';

const inProcessing = (work: Work, change: Partial<Work['processing']>): Work => ({
  ...work,
  processing: { ...work.processing, ...change },
});

const inStep = (work: Work, id: string, change: (step: Step) => Step): Work =>
  inProcessing(work, { steps: work.processing.steps.map((step) => (step.id === id ? change(step) : step)) });

const inInput = (work: Work, role: InputRole, change: Partial<InputChoice>): Work => {
  const choice = work.inputs[role];
  return choice ? { ...work, inputs: { ...work.inputs, [role]: { ...choice, ...change } } } : work;
};

export const setFit = (fit: Fit) => edit('Fit', (work) => inProcessing(work, { fit }));

export const setUnknownPolicy = (unknown: UnknownPolicy) =>
  edit('Unknown pixels', (work) => inProcessing(work, { unknown }));

export const setTargetValues = (targetValues: TargetValues) =>
  edit('Kind of values', (work) => ({ ...inProcessing(work, { targetValues }), export: null }));

export const setUnit = (role: InputRole, unit: Unit) => edit('Unit', (work) => inInput(work, role, { unit }));

export const setUnknownMarker = (role: InputRole, unknownMarker: UnknownMarker) =>
  edit('Unknown marker', (work) => inInput(work, role, { unknownMarker }));

export const removeInput = (role: InputRole) =>
  edit(`Remove ${role}`, (work) =>
    withSuitedLengths(work, { ...work, inputs: { ...work.inputs, [role]: null } }),
  );

/** The two files change roles. */
export const swapInputs = () =>
  edit('Swap guidance and target', (work) => {
    const { guidance, target } = work.inputs;
    return withSuitedLengths(work, { ...work, inputs: { guidance: target, target: guidance }, export: null });
  });

export const setParameter = (id: string, name: string, value: ParameterValue, gesture: boolean) =>
  edit(
    'Parameter',
    (work) => inStep(work, id, (step) => ({ ...step, parameters: { ...step.parameters, [name]: value } })),
    gesture ? `${id} ${name}` : null,
  );

/** Several parameters that belong together, as one thing done. */
export const setParameters = (id: string, title: string, values: ParameterValues) =>
  edit(title, (work) =>
    inStep(work, id, (step) => ({ ...step, parameters: { ...step.parameters, ...values } })),
  );

export const setStepOpacity = (id: string, opacity: number) =>
  edit('Opacity', (work) => inStep(work, id, (step) => ({ ...step, opacity })), `${id} opacity`);

export const setIterations = (id: string, iterations: number) =>
  edit('Iterations', (work) => inStep(work, id, (step) => ({ ...step, iterations })), `${id} iterations`);

export const setStepGuidance = (id: string, guidance: StepGuidance) =>
  edit('Guided by', (work) => inStep(work, id, (step) => ({ ...step, guidance })));

export const setStepEnabled = (id: string, enabled: boolean) =>
  edit(enabled ? 'Switch on' : 'Switch off', (work) => inStep(work, id, (step) => ({ ...step, enabled })));

/** Another filter in the place of a step: its parameters at their defaults, the step's own settings as they were. */
export const setStepFilter = (id: string, filter: FilterDescription) =>
  edit(filter.title, (work) =>
    inStep(work, id, (step) => ({ ...step, filter: filter.id, parameters: defaultParameters(filter) })),
  );

export const resetStep = (id: string, filter: FilterDescription) =>
  edit('Reset', (work) => inStep(work, id, () => defaultStep(filter, id)));

export const addStep = (filter: FilterDescription) =>
  edit(`Add ${filter.title}`, (work) =>
    inProcessing(work, { steps: [...work.processing.steps, defaultStep(filter, newStepId())] }),
  );

export const removeStep = (id: string) =>
  edit('Remove step', (work) =>
    inProcessing(work, { steps: work.processing.steps.filter((step) => step.id !== id) }),
  );

export const setExport = (settings: ExportSettings) =>
  edit('Export settings', (work) => ({ ...work, export: settings }), 'export');
