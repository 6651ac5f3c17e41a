import { describe, expect, it } from 'vitest';
import type { FilterDescription } from '../../electron/contract/filters';
import { newWork, type Work, withFirstStep } from './work';

const filter = (id: string, guidance: FilterDescription['guidance'], leastFactor = 1): FilterDescription => ({
  id,
  title: id,
  summary: '',
  guidance,
  leastFactor,
  paper: '',
  secondsPerMegapixel: 1,
  parameters: [{ kind: 'boolean', name: 'fast', title: 'Fast', summary: '', default: false }],
});
const filters = [
  filter('dagf', 'required', 2),
  filter('guided-filter', 'required'),
  filter('rolling-guidance', 'unused'),
  filter('bicubic', 'optional'),
];
const choice = { sourceId: 'a', unit: 'none', unknownMarker: 'auto' } as const;
const photo = { ...choice, sourceId: 'photo' };
const sizes: Readonly<Record<string, { width: number; height: number }>> = {
  a: { width: 100, height: 80 },
  photo: { width: 800, height: 640 },
};
const sizeOf = (sourceId: string) => sizes[sourceId] ?? null;
const targetOnly: Work = { ...newWork(), inputs: { guidance: null, target: choice } };
const pair: Work = { ...newWork(), inputs: { guidance: photo, target: choice } };
const sameSize: Work = { ...newWork(), inputs: { guidance: choice, target: choice } };
const filterOf = (work: Work) => work.processing.steps.map((step) => step.filter);

describe('the first step', () => {
  it('is the first filter that can work with the files', () => {
    expect(filterOf(withFirstStep(pair, filters, sizeOf))).toEqual(['dagf']);
    expect(filterOf(withFirstStep(targetOnly, filters, sizeOf))).toEqual(['bicubic']);
    expect(filterOf(withFirstStep(newWork(), filters, sizeOf))).toEqual([]);
  });

  it('is one that suits how much smaller the target is', () => {
    expect(filterOf(withFirstStep(sameSize, filters, sizeOf))).toEqual(['guided-filter']);
  });

  it('gives way to a better one when the guidance comes later', () => {
    const before = withFirstStep(targetOnly, filters, sizeOf);
    expect(filterOf(withFirstStep({ ...before, inputs: pair.inputs }, filters, sizeOf))).toEqual(['dagf']);
  });

  it('stays when the user has touched it', () => {
    const before = withFirstStep(targetOnly, filters, sizeOf);
    const [step] = before.processing.steps;
    const touched = {
      ...before,
      inputs: pair.inputs,
      processing: { ...before.processing, steps: [{ ...step!, opacity: 0.5 }] },
    };
    expect(withFirstStep(touched, filters, sizeOf)).toBe(touched);
  });
});
