import { beforeEach, describe, expect, it } from 'vitest';
import type { Preset } from '../../electron/contract/presets';
import type { Step } from '../../electron/contract/recipe';
import { closeDocument, undo, useDocument } from './documentStore';
import {
  choosePreset,
  inSentence,
  isChanged,
  missingSentence,
  needsNoGuidance,
  presetOf,
  withPreset,
} from './presets';
import { newWork, type Work, withFirstStep } from './work';

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
    const ids = [1, 2].map(() => withPreset(newWork(), flash).processing.steps[0]?.id);
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
    expect(withPreset(alone, texture).inputs).toEqual({ target: photo, guidance: null });
    expect(withPreset(alone, flash).inputs).toEqual(alone.inputs);
  });

  it('keep how two shapes are made to fit, which belongs to the pair', () => {
    const cropped = { ...newWork(), processing: { ...newWork().processing, fit: 'crop' as const } };
    const work = withPreset(cropped, flash);
    expect(work.processing.fit).toBe('crop');
    expect(isChanged({ work }, flash)).toBe(false);
    const steps = work.processing.steps.map((one) => ({ ...one, opacity: 0.5 }));
    expect(isChanged({ work: { ...work, processing: { ...work.processing, steps } } }, flash)).toBe(true);
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
    const work = withPreset(withInputs({ target: photo }), flash);
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
