import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SidelightError } from '../../electron/contract/errors';
import type { FilterDescription, ParameterDescription } from '../../electron/contract/filters';
import { ownNetwork, standInEngine } from '../../electron/contract/standInEngine';
import { defaultStep } from '../../electron/recipe/defaults';
import { useEngine } from '../bridge/engineStore';
import { remediesFor } from '../panels/remedies';
import { closeDocument, undo, useDocument } from './documentStore';
import { chooseStepFile, dismissTrial, type FileParameter, stepFiles, useTrials } from './stepFiles';
import { describedFilter } from './testing/describedFilter';

const shell = { chooseFile: vi.fn(), openPath: vi.fn() };
const openModel = vi.fn();
const openPhotograph = vi.fn();
vi.mock('../bridge/engine', () => ({
  links: () => ({ shell, engine: standInEngine({ openModel, openPhotograph }) }),
}));

const parameter: FileParameter = {
  kind: 'file',
  content: 'network',
  name: 'model',
  title: 'Model',
  summary: 'Which.',
  extensions: ['onnx'],
  default: '',
};
const filter = describedFilter({
  id: 'own-network',
  title: 'Your own network',
  guidance: 'unused',
  parameters: [
    parameter,
    { kind: 'fingerprint', name: 'fingerprint', title: 'SHA-256', summary: '', of: 'model', default: '' },
  ],
});
const file = { fileId: 'f', name: 'net.onnx', path: '/nets/net.onnx', bytes: 9 };

const step = () => useDocument.getState().work.processing.steps[0]!;
const titles = (code: 'own-model-missing' | 'own-model-failed' | 'own-photograph-missing') =>
  remediesFor({ code, message: '', remedy: '' }).map(({ title }) => title);

beforeEach(() => {
  vi.resetAllMocks();
  closeDocument();
  useTrials.setState({}, true);
  useEngine.setState({
    description: { version: '1', processId: 1, filters: [filter], presets: [], formats: [] },
  });
  const { work } = useDocument.getState();
  const processing = { ...work.processing, steps: [defaultStep(filter, 's')] };
  useDocument.setState({ work: { ...work, processing } });
});

describe('a model for a step', () => {
  it('is tried, and used with its fingerprint once it has passed, as one thing to undo', async () => {
    shell.chooseFile.mockResolvedValue(file);
    let passes = (_: typeof ownNetwork) => {};
    openModel.mockReturnValue(
      new Promise((resolve) => {
        passes = resolve;
      }),
    );
    const choosing = chooseStepFile('s', parameter);
    await vi.waitFor(() => expect(useTrials.getState()).toEqual({ s: { name: 'net.onnx', problem: null } }));
    expect(step().parameters).toEqual({ model: '', fingerprint: '' });
    passes(ownNetwork);
    await choosing;
    expect(shell.chooseFile).toHaveBeenCalledWith(['onnx']);
    expect(openModel).toHaveBeenCalledWith({ fileId: 'f' });
    expect(step().parameters).toEqual({ model: '/nets/net.onnx', fingerprint: ownNetwork.fingerprint });
    expect(useTrials.getState()).toEqual({});
    undo();
    expect(step().parameters).toEqual({ model: '', fingerprint: '' });
  });

  it('that does not pass is told of, and the one before stays', async () => {
    shell.chooseFile.mockResolvedValue(file);
    openModel.mockResolvedValueOnce(ownNetwork);
    await chooseStepFile('s', parameter);
    const before = step();
    shell.chooseFile.mockResolvedValue({ ...file, name: 'bad.onnx' });
    openModel.mockRejectedValueOnce(
      new SidelightError('own-model-unsuited', 'It is none.', 'Choose another.'),
    );
    await chooseStepFile('s', parameter);
    expect(step()).toBe(before);
    expect(useTrials.getState().s).toMatchObject({ name: 'bad.onnx', problem: { message: 'It is none.' } });
    dismissTrial('s');
    expect(useTrials.getState()).toEqual({});
  });

  it('that was not chosen after all changes nothing', async () => {
    shell.chooseFile.mockResolvedValue(null);
    await chooseStepFile('s', parameter);
    expect(useTrials.getState()).toEqual({});
    expect(openModel).not.toHaveBeenCalled();
  });

  it('without a path is known by its name, and cannot be opened again by it', async () => {
    shell.chooseFile.mockResolvedValue({ ...file, path: null });
    openModel.mockResolvedValue(ownNetwork);
    await chooseStepFile('s', parameter);
    expect(step().parameters.model).toBe('net.onnx');
    expect(titles('own-model-missing')).toEqual(['Choose the model…']);
  });

  it('that a recipe names is opened again where it is', async () => {
    const { work } = useDocument.getState();
    const named = { ...step(), parameters: { model: '/nets/net.onnx', fingerprint: 'a'.repeat(64) } };
    useDocument.setState({ work: { ...work, processing: { ...work.processing, steps: [named] } } });
    expect(titles('own-model-missing')).toEqual(['Open it again', 'Choose the model…']);
    expect(titles('own-model-failed')).toEqual(['Choose another model…']);
    shell.openPath.mockResolvedValue(file);
    openModel.mockResolvedValue(ownNetwork);
    stepFiles('network')[0]!.reopen();
    await vi.waitFor(() => expect(step().parameters.fingerprint).toBe(ownNetwork.fingerprint));
    expect(shell.openPath).toHaveBeenCalledWith('/nets/net.onnx');
  });
});

describe('a photograph for a step', () => {
  const reference: FileParameter = {
    kind: 'file',
    content: 'photograph',
    name: 'reference',
    title: 'Photograph',
    summary: 'Whose look.',
    default: '',
    usedWhen: [{ parameter: 'look', values: ['own'] }],
  };
  const look: ParameterDescription = {
    kind: 'choice',
    name: 'look',
    title: 'Look',
    summary: 'Which.',
    options: ['soft', 'own'].map((value) => ({ value, title: value, summary: '' })),
    default: 'soft',
  };
  const style: FilterDescription = {
    ...filter,
    id: 'style-transfer',
    parameters: [look, reference, { ...filter.parameters[1]!, of: 'reference' } as ParameterDescription],
  };
  const format = { title: '', writes: [], lossy: false };

  beforeEach(() => {
    const formats = [
      { ...format, id: 'png', extensions: ['png'], reads: true },
      { ...format, id: 'jpeg', extensions: ['jpg', 'jpeg'], reads: true },
      { ...format, id: 'exr', extensions: ['exr'], reads: false },
    ];
    const filters = [filter, style];
    useEngine.setState({ description: { version: '1', processId: 1, filters, presets: [], formats } });
    const { work } = useDocument.getState();
    const chosen = {
      ...defaultStep(style, 's'),
      parameters: { look: 'own', reference: '', fingerprint: '' },
    };
    const steps = [chosen, defaultStep(filter, 'n')];
    useDocument.setState({ work: { ...work, processing: { ...work.processing, steps } } });
  });

  it('may be any picture that is read, and is opened as one', async () => {
    shell.chooseFile.mockResolvedValue({ fileId: 'p', name: 'sea.jpg', path: '/photos/sea.jpg', bytes: 9 });
    openPhotograph.mockResolvedValue({ fingerprint: 'b'.repeat(64), name: 'sea.jpg' });
    expect(titles('own-photograph-missing')).toEqual(['Choose the photograph…']);
    stepFiles('photograph')[0]!.choose();
    await vi.waitFor(() => expect(step().parameters.fingerprint).toBe('b'.repeat(64)));
    expect(shell.chooseFile).toHaveBeenCalledWith(['png', 'jpg', 'jpeg']);
    expect(openPhotograph).toHaveBeenCalledWith({ fileId: 'p' });
    expect(openModel).not.toHaveBeenCalled();
    expect(step().parameters).toMatchObject({ look: 'own', reference: '/photos/sea.jpg' });
    expect(titles('own-photograph-missing')).toEqual(['Open it again', 'Choose the photograph…']);
  });

  it('is not asked for with another look, nor where a model is missing', () => {
    expect(stepFiles('network').map(({ title }) => title)).toEqual(['model']);
    const { work } = useDocument.getState();
    const steps = [defaultStep(style, 's')];
    useDocument.setState({ work: { ...work, processing: { ...work.processing, steps } } });
    expect(stepFiles('photograph')).toEqual([]);
  });
});
