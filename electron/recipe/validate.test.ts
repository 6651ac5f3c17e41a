import { describe, expect, it } from 'vitest';
import type { FilterDescription } from '../contract/filters';
import type { Processing } from '../contract/recipe';
import { defaultStep } from './defaults';
import { findFilter, processingProblems } from './validate';

const guided: FilterDescription = {
  id: 'guided',
  title: 'Guided',
  summary: '',
  guidance: 'required',
  leastFactor: 1,
  paper: '',
  secondsPerMegapixel: 1,
  parameters: [
    {
      kind: 'number',
      name: 'radius',
      title: 'Radius',
      summary: '',
      unit: 'px',
      min: 1,
      max: 9,
      step: 1,
      default: 4,
      integer: true,
      scale: 'linear',
    },
  ],
};
const plain: FilterDescription = { ...guided, id: 'plain', guidance: 'unused', parameters: [] };
const filters = [guided, plain];
const both = { target: true, guidance: true };

const processing = (...steps: Processing['steps']): Processing => ({
  fit: 'refuse',
  unknown: 'keep',
  targetValues: 'continuous',
  steps,
});
const codes = (...args: Parameters<typeof processingProblems>) =>
  processingProblems(...args).map((problem) => [problem.code, problem.details?.path]);

describe('processingProblems', () => {
  it('finds none in a recipe of defaults', () => {
    expect(codes(processing(defaultStep(guided, 'a'), defaultStep(plain, 'b')), both, filters)).toEqual([]);
    expect(codes(processing(), both, filters)).toEqual([]);
  });

  it('finds every problem and says where', () => {
    const steps = [
      { ...defaultStep(guided, 'a'), parameters: { radius: 10 } },
      { ...defaultStep(plain, 'b'), filter: 'gone' },
      { ...defaultStep(plain, 'c'), parameters: { radius: 3 } },
      defaultStep(plain, 'a'),
    ];
    expect(codes(processing(...steps), { target: false, guidance: true }, filters)).toEqual([
      ['target-missing', 'inputs.target'],
      ['parameter-invalid', 'steps[0].parameters.radius'],
      ['filter-unknown', 'steps[1].filter'],
      ['parameter-invalid', 'steps[2].parameters.radius'],
      ['recipe-invalid', 'steps[3].id'],
    ]);
  });

  it('asks for guidance only where an enabled step requires it', () => {
    const alone = { target: true, guidance: false };
    const step = defaultStep(guided, 'a');
    expect(codes(processing(step), alone, filters)).toEqual([['guidance-missing', 'steps[0]']]);
    expect(codes(processing({ ...step, enabled: false }), alone, filters)).toEqual([]);
    expect(codes(processing(defaultStep(plain, 'b')), alone, filters)).toEqual([]);
    expect(codes(processing({ ...step, guidance: 'input' }), alone, filters)).toEqual([]);
  });
});

describe('findFilter', () => {
  it('finds by id, or names those there are', () => {
    expect(findFilter(filters, 'plain')).toBe(plain);
    expect(() => findFilter(filters, 'blur')).toThrow(
      expect.objectContaining({ code: 'filter-unknown', remedy: 'Use one of: guided, plain.' }),
    );
  });
});
