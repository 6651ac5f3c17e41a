import { describe, expect, it } from 'vitest';
import type { FilterDescription } from '../../electron/contract/filters';
import { newWork, type Work, withFirstStep } from './work';

const filter = (id: string, guidance: FilterDescription['guidance']): FilterDescription => ({
  id,
  title: id,
  summary: '',
  guidance,
  paper: '',
  secondsPerMegapixel: 1,
  parameters: [{ kind: 'boolean', name: 'fast', title: 'Fast', summary: '', default: false }],
});
const filters = [filter('dagf', 'required'), filter('bicubic', 'unused')];
const choice = { sourceId: 'a', unit: 'none', unknownMarker: 'auto' } as const;
const targetOnly: Work = { ...newWork(), inputs: { guidance: null, target: choice } };
const pair: Work = { ...newWork(), inputs: { guidance: choice, target: choice } };
const filterOf = (work: Work) => work.processing.steps.map((step) => step.filter);

describe('the first step', () => {
  it('is the first filter that can work with the files', () => {
    expect(filterOf(withFirstStep(pair, filters))).toEqual(['dagf']);
    expect(filterOf(withFirstStep(targetOnly, filters))).toEqual(['bicubic']);
    expect(filterOf(withFirstStep(newWork(), filters))).toEqual([]);
  });

  it('gives way to a better one when the guidance comes later', () => {
    const before = withFirstStep(targetOnly, filters);
    expect(filterOf(withFirstStep({ ...before, inputs: pair.inputs }, filters))).toEqual(['dagf']);
  });

  it('stays when the user has touched it', () => {
    const before = withFirstStep(targetOnly, filters);
    const [step] = before.processing.steps;
    const touched = {
      ...before,
      inputs: pair.inputs,
      processing: { ...before.processing, steps: [{ ...step!, opacity: 0.5 }] },
    };
    expect(withFirstStep(touched, filters)).toBe(touched);
  });
});
