import { describe, expect, it } from 'vitest';
import type { DgfModel } from '../networkModel';
import { chooseDgfModel } from './model';

const model = (variant: DgfModel['variant'], side: number | null): DgfModel => ({
  network: 'dgf',
  id: `${variant}-${side}`,
  title: `L0 ${variant} ${side}`,
  operator: 'l0-smoothing',
  variant,
  side,
  conditions: [],
  texture: false,
  draft: null,
  overview: null,
  outputs: [{ id: 'result', reach: 0 }],
});
const all = [
  model('s', 64),
  model('b', 64),
  model('cb', 64),
  model('c', 64),
  model('c', 128),
  model('can', null),
];

const chosen = (variant: string, side: string, models = all) =>
  chooseDgfModel({ operator: 'l0-smoothing', variant, side, draft: 'auto' }, { models: () => models });

describe('the model of a clone', () => {
  it('is the one of its variant and, of c, of the side of the small copy', () => {
    expect(chosen('c', '64').id).toBe('c-64');
    expect(chosen('c', '128').id).toBe('c-128');
  });

  it.each([
    ['s', 's-64'],
    ['b', 'b-64'],
    ['cb', 'cb-64'],
    ['can', 'can-null'],
  ])('is the only one of %s, whatever the side says', (variant, id) => {
    for (const side of ['64', '128', '256']) expect(chosen(variant, side).id).toBe(id);
  });

  it.each([
    ['c', '256', 'with the layer c and a small copy of 256 px.'],
    ['can', '64', 'with the layer can.'],
  ])('that is missing, %s at %s px, is told with those there are', (variant, side, message) => {
    expect(() => chosen(variant, side, [model('b', 64)])).toThrow(
      expect.objectContaining({
        code: 'model-missing',
        message: expect.stringContaining(message),
        remedy: expect.stringContaining('“L0 b 64”'),
      }),
    );
  });

  it('has its draft on the copy that is chosen', () => {
    const operator = 'haze-removal';
    const models = () => [{ ...model('c', 64), operator, draft: 256, overview: 512 }];
    const parameters = { operator, variant: 'c', side: '64', draft: 'auto' };
    expect(chooseDgfModel(parameters, { models })).toMatchObject({ draft: 256, overview: 512 });
    const larger = { ...parameters, draft: '512' };
    expect(chooseDgfModel(larger, { models })).toMatchObject({ draft: 512, overview: 1024 });
  });

  it('of another operator is none of it', () => {
    const other = { ...model('c', 64), operator: 'haze-removal' };
    expect(() => chosen('c', '64', [other])).toThrow(expect.objectContaining({ code: 'model-missing' }));
  });
});
