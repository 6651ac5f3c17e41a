import { describe, expect, it } from 'vitest';
import type { FilterDescription, ParameterDescription } from '../contract/filters';
import {
  acceptedValues,
  completeParameters,
  defaultParameters,
  isUsed,
  parameterProblems,
  parseParameter,
} from './parameters';

const filter: FilterDescription = {
  id: 'smooth',
  title: 'Smooth',
  summary: 'Smooths.',
  guidance: 'optional',
  leastFactor: 1,
  paper: 'none',
  secondsPerMegapixel: 1,
  parameters: [
    {
      kind: 'number',
      name: 'radius',
      title: 'Radius',
      summary: 'How far.',
      unit: 'px',
      min: 1,
      max: 64,
      step: 1,
      default: 8,
      integer: true,
      scale: 'linear',
    },
    {
      kind: 'choice',
      name: 'edges',
      title: 'Edges',
      summary: 'What to do there.',
      options: [
        { value: 'keep', title: 'Keep', summary: 'Keeps.' },
        { value: 'blur', title: 'Blur', summary: 'Blurs.' },
      ],
      default: 'keep',
    },
    { kind: 'boolean', name: 'fast', title: 'Fast', summary: 'Coarser.', default: false },
  ],
};

type FileParameter = Extract<ParameterDescription, { kind: 'file' }>;

const withFile: FilterDescription = {
  ...filter,
  parameters: [
    {
      kind: 'file',
      content: 'network',
      name: 'model',
      title: 'Model',
      summary: 'Which.',
      extensions: ['onnx', 'ort'],
      default: '',
    },
    { kind: 'fingerprint', name: 'print', title: 'SHA-256', summary: 'Of it.', of: 'model', default: '' },
  ],
};

it('a parameter is used while another has one of the values it depends on, given or by default', () => {
  const dependent = (values: string[]) => ({
    ...filter.parameters[2]!,
    usedWhen: [{ parameter: 'edges', values }],
  });
  expect(isUsed(filter.parameters[0]!, filter, {})).toBe(true);
  expect(isUsed(dependent(['keep']), filter, {})).toBe(true);
  expect(isUsed(dependent(['keep']), filter, { edges: 'blur' })).toBe(false);
  expect(isUsed(dependent(['crop', 'blur']), filter, { edges: 'blur' })).toBe(true);
});

describe('parameters that name a file', () => {
  it('are empty until one is chosen, and take any path', () => {
    expect(completeParameters(withFile, {})).toEqual({ model: '', print: '' });
    expect(parseParameter(withFile, 'model', ' nets/my net.onnx ')).toBe('nets/my net.onnx');
    expect(acceptedValues(withFile.parameters[0]!)).toBe('the path of a .onnx or a .ort file');
    const { extensions: _, ...photograph } = withFile.parameters[0] as FileParameter;
    expect(acceptedValues({ ...photograph, content: 'photograph' })).toBe('the path of a picture');
  });

  it('keep the fingerprint of one file, nothing else', () => {
    const print = 'ab'.repeat(32);
    expect(parameterProblems(withFile, { model: 'a.onnx', print })).toEqual([]);
    for (const wrong of ['ab', 'AB'.repeat(32), 7, true])
      expect(parameterProblems(withFile, { print: wrong })).toMatchObject([
        { code: 'parameter-invalid', remedy: expect.stringContaining('what Sidelight fills in') },
      ]);
    expect(parameterProblems(withFile, { model: 7 })).toHaveLength(1);
  });
});

describe('parameters', () => {
  it('completes what is not mentioned with the declared defaults', () => {
    expect(completeParameters(filter, { radius: 3 })).toEqual({ radius: 3, edges: 'keep', fast: false });
    expect(defaultParameters(filter)).toEqual({ radius: 8, edges: 'keep', fast: false });
  });

  it.each([
    [{ radius: 0 }, 'radius'],
    [{ radius: 65 }, 'radius'],
    [{ radius: 2.5 }, 'radius'],
    [{ radius: Number.NaN }, 'radius'],
    [{ radius: '8' }, 'radius'],
    [{ edges: 'melt' }, 'edges'],
    [{ fast: 'true' }, 'fast'],
    [{ diameter: 8 }, 'diameter'],
  ])('refuses %j and names the parameter', (values, parameter) => {
    const problems = parameterProblems(filter, values);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      code: 'parameter-invalid',
      details: { filter: 'smooth', parameter },
    });
    expect(() => completeParameters(filter, values)).toThrow(problems[0]!.message);
  });

  it('accepts both ends of a range', () => {
    expect(parameterProblems(filter, { radius: 1 })).toEqual([]);
    expect(parameterProblems(filter, { radius: 64 })).toEqual([]);
  });

  it('reads typed values by their declared kind', () => {
    expect(parseParameter(filter, 'radius', '16')).toBe(16);
    expect(parseParameter(filter, 'radius', '1e1')).toBe(10);
    expect(parseParameter(filter, 'edges', 'blur')).toBe('blur');
    expect(parseParameter(filter, 'fast', 'true')).toBe(true);
  });

  it.each([
    ['radius', ''],
    ['radius', 'wide'],
    ['radius', '8px'],
    ['radius', 'Infinity'],
    ['fast', 'yes'],
    ['edges', ''],
    ['depth', '3'],
  ])('refuses the typed %s=%s', (name, text) => {
    expect(() => parseParameter(filter, name, text)).toThrow(
      expect.objectContaining({ code: 'parameter-invalid' }),
    );
  });

  it('says what a parameter accepts', () => {
    expect(filter.parameters.map(acceptedValues)).toEqual([
      '1…64 px, whole',
      'keep or blur',
      'true or false',
    ]);
    expect(parameterProblems(filter, { size: 1 })[0]?.remedy).toBe(
      'Its parameters are radius, edges and fast.',
    );
  });
});
