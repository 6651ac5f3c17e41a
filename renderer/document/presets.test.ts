import { beforeEach, describe, expect, it } from 'vitest';
import type { Preset } from '../../electron/contract/presets';
import type { Step } from '../../electron/contract/recipe';
import { useEngine } from '../bridge/engineStore';
import { closeDocument, edit, undo, useDocument } from './documentStore';
import { removeInput, setParameter, swapInputs } from './edits';
import {
  choosePreset,
  inSentence,
  isChanged,
  missingSentence,
  needsNoGuidance,
  presetOf,
  withPreset,
  withSuitedLengths,
} from './presets';
import { describedFilter } from './testing/describedFilter';
import { newWork, type Source, type Work, withFirstStep } from './work';

const step: Step = {
  id: 'denoise',
  filter: 'dagf',
  enabled: true,
  parameters: { noise: 'noisy' },
  iterations: 1,
  guidance: 'document',
  opacity: 1,
};
const flash: Preset = {
  id: 'flash',
  title: 'Flash and no flash',
  summary: 'Removes noise.',
  target: 'picture',
  targetTitle: 'Photo without flash',
  guidanceTitle: 'Photo with flash',
  processing: { fit: 'refuse', unknown: 'complete', targetValues: 'continuous', steps: [step] },
};
const texture: Preset = {
  ...flash,
  id: 'texture',
  targetTitle: 'Photo',
  guidanceTitle: null,
  processing: { ...flash.processing, steps: [{ ...step, iterations: 4, guidance: 'input' }] },
};
const photo = { sourceId: 'photo', unit: 'none', unknownMarker: 'auto' } as const;
const withInputs = (inputs: Partial<Work['inputs']>): Work => ({
  ...newWork(),
  inputs: { ...newWork().inputs, ...inputs },
});

beforeEach(closeDocument);

describe('presets', () => {
  it('set everything at once, and one undo takes it back', () => {
    const before = useDocument.getState().work;
    choosePreset(flash);
    const { work } = useDocument.getState();
    expect(work.processing).toMatchObject({ unknown: 'complete', steps: [{ filter: 'dagf' }] });
    expect(presetOf(work, [texture, flash])).toBe(flash);
    undo();
    expect(useDocument.getState().work).toEqual(before);
  });

  it('give their steps ids of their own each time', () => {
    const ids = [1, 2].map(() => withPreset({ work: newWork(), sources: {} }, flash).processing.steps[0]?.id);
    expect(new Set([...ids, step.id]).size).toBe(3);
  });

  it('say which pictures are missing', () => {
    expect(missingSentence(flash, withInputs({}).inputs)).toBe(
      'Needs the photo without flash and the photo with flash.',
    );
    expect(missingSentence(flash, withInputs({ target: photo }).inputs)).toBe('Needs the photo with flash.');
    expect(missingSentence(texture, withInputs({ target: photo }).inputs)).toBeNull();
    expect(inSentence('NIR photo')).toBe('NIR photo');
  });

  it('take the only picture as the target where it guides itself', () => {
    const alone = withInputs({ guidance: photo });
    expect(withPreset({ work: alone, sources: {} }, texture).inputs).toEqual({
      target: photo,
      guidance: null,
    });
    expect(withPreset({ work: alone, sources: {} }, flash).inputs).toEqual(alone.inputs);
  });

  it('keep how two shapes are made to fit, which belongs to the pair', () => {
    const cropped = { ...newWork(), processing: { ...newWork().processing, fit: 'crop' as const } };
    const work = withPreset({ work: cropped, sources: {} }, flash);
    expect(work.processing.fit).toBe('crop');
    expect(isChanged({ work, sources: {} }, flash)).toBe(false);
    const steps = work.processing.steps.map((one) => ({ ...one, opacity: 0.5 }));
    expect(
      isChanged({ work: { ...work, processing: { ...work.processing, steps } }, sources: {} }, flash),
    ).toBe(true);
  });

  it('are not replaced by the filter that the files suggest', () => {
    const bicubic = {
      id: 'bicubic',
      title: 'Bicubic',
      summary: '',
      guidance: 'optional' as const,
      leastFactor: 1,
      parameters: [],
      paper: '',
      secondsPerMegapixel: 1,
    };
    const sizeOf = () => ({ width: 8, height: 8 });
    const work = withPreset({ work: withInputs({ target: photo }), sources: {} }, flash);
    expect(withFirstStep(work, [bicubic], sizeOf)).toBe(work);
    const withoutSteps = { ...work, processing: { ...work.processing, steps: [] } };
    expect(withFirstStep(withoutSteps, [bicubic], sizeOf).processing.steps[0]?.filter).toBe('bicubic');
  });

  it('miss no guidance where no step looks at one', () => {
    const unused = { id: 'dagf', guidance: 'unused' } as never;
    expect(needsNoGuidance(texture.processing, [])).toBe(true);
    expect(needsNoGuidance(flash.processing, [])).toBe(false);
    expect(needsNoGuidance(flash.processing, [unused])).toBe(true);
    expect(needsNoGuidance(newWork().processing, [])).toBe(false);
  });
});

describe('presets whose lengths go by the guidance', () => {
  const number = { kind: 'number', summary: '', step: 1, default: 8, integer: true, scale: 'log' } as const;
  const filter = describedFilter({
    parameters: [
      { ...number, name: 'radius', title: 'Radius', unit: 'px', min: 1, max: 128 },
      { ...number, name: 'subsampling', title: 'Subsampling', unit: '×', min: 1, max: 16 },
    ],
  });
  const refine: Preset = {
    ...flash,
    id: 'refine',
    guidanceSide: 500,
    processing: {
      ...flash.processing,
      steps: [{ ...step, filter: filter.id, parameters: { radius: 4, subsampling: 1 } }],
    },
  };
  const opened = (side: number) => ({ info: { size: { width: side, height: side / 2 } } }) as Source;
  const choice = (sourceId: string) => ({ ...photo, sourceId });
  /** As opening does. */
  const open = (guidance: string) =>
    edit('Open', (work) =>
      withSuitedLengths(work, { ...work, inputs: { ...work.inputs, guidance: choice(guidance) } }),
    );
  const radius = () => useDocument.getState().work.processing.steps[0]!.parameters.radius;
  const changed = () => isChanged(useDocument.getState(), refine);

  beforeEach(() => {
    const description = { version: '1', processId: 1, filters: [filter], presets: [refine], formats: [] };
    useEngine.setState({ description });
    useDocument.setState({ sources: { small: opened(500), large: opened(4000) } });
    return () => useEngine.setState({ description: null });
  });

  it('are written for it as it is, at once or when it is opened, and follow another one', () => {
    choosePreset(refine);
    expect(radius()).toBe(4);
    open('large');
    expect(radius()).toBe(32);
    expect(changed()).toBe(false);
    open('small');
    expect(radius()).toBe(4);
    undo();
    expect(radius()).toBe(32);
    choosePreset(refine);
    expect(radius()).toBe(32);
    swapInputs();
    expect([radius(), changed()]).toEqual([4, false]);
    swapInputs();
    removeInput('guidance');
    expect([radius(), changed()]).toEqual([4, false]);
  });

  it('stay as the user has set them, and only those', () => {
    choosePreset(refine);
    const { id } = useDocument.getState().work.processing.steps[0]!;
    setParameter(id, 'subsampling', 4, false);
    open('large');
    expect(radius()).toBe(32);
    setParameter(id, 'radius', 20, false);
    open('small');
    expect(radius()).toBe(20);
    expect(changed()).toBe(true);
    choosePreset(refine);
    expect([radius(), changed()]).toEqual([4, false]);
  });
});
