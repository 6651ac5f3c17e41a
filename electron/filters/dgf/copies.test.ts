import { describe, expect, it } from 'vitest';
import { cloneModel } from '../testing/clones';
import { withCopies, withDraft } from './copies';

const auto = { operator: 'haze-removal', side: 'auto', draft: 'auto' };

describe('copies that are left to the filter', () => {
  it.each([
    [200, 150, '128', 'auto'],
    [768, 512, '128', 'auto'],
    [1023, 1500, '128', 'auto'],
    [1024, 1500, '128', '512'],
    [1025, 1500, '256', '512'],
    [4000, 3000, '256', '512'],
    [20_000, 15_000, '256', '512'],
  ])('grow with the picture: %i × %i', (width, height, side, draft) => {
    expect(withCopies(auto, { width, height })).toEqual({ ...auto, side, draft });
  });

  it('stay as they are chosen, whatever the picture', () => {
    for (const length of [100, 1000, 10_000])
      for (const chosen of [
        { ...auto, side: '64', draft: '256' },
        { ...auto, side: '256', draft: '512' },
      ])
        expect(withCopies(chosen, { width: length, height: length })).toEqual(chosen);
  });
});

describe('the draft of a model', () => {
  const model = { ...cloneModel('c', 128), operator: 'haze-removal', draft: 256, overview: 512 };

  it('is made on the copy that is chosen, by statistics of one larger by as much', () => {
    expect(withDraft(model, { ...auto, draft: '512' })).toEqual({ ...model, draft: 512, overview: 1024 });
    const byItsOwn = { ...model, overview: null };
    expect(withDraft(byItsOwn, { ...auto, draft: '512' })).toEqual({ ...byItsOwn, draft: 512 });
  });

  it('is as in training where nothing is chosen or there is no choice, and none where there was none', () => {
    expect(withDraft(model, auto)).toBe(model);
    const retouch = { ...model, operator: 'auto-retouch' };
    expect(withDraft(retouch, { ...auto, draft: '512' })).toBe(retouch);
    const without = { ...model, draft: null, overview: null };
    expect(withDraft(without, { ...auto, draft: '512' })).toBe(without);
  });
});
