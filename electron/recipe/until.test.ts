import { describe, expect, it } from 'vitest';
import type { Processing, Step } from '../contract/recipe';
import { processingUntil } from './until';

const step = (id: string, iterations: number, enabled = true): Step => ({
  id,
  filter: 'bicubic',
  enabled,
  parameters: {},
  iterations,
  guidance: 'document',
  opacity: 0.5,
});

const processing: Processing = {
  fit: 'crop',
  unknown: 'complete',
  targetValues: 'continuous',
  steps: [step('a', 3), step('b', 4), step('c', 1)],
};

describe('processingUntil', () => {
  it('ends with the iteration that is asked for, and leaves the rest as it is', () => {
    expect(processingUntil(processing, { step: 'b', iteration: 2 })).toEqual({
      ...processing,
      steps: [step('a', 3), step('b', 2)],
    });
    expect(processingUntil(processing, { step: 'a', iteration: 9 }).steps).toEqual([step('a', 3)]);
  });

  it('is all of it where nothing says otherwise, or the step is not there or off', () => {
    expect(processingUntil(processing, null)).toBe(processing);
    expect(processingUntil(processing, undefined)).toBe(processing);
    expect(processingUntil(processing, { step: 'gone', iteration: 1 })).toBe(processing);
    const off = { ...processing, steps: [step('a', 3, false), step('b', 1)] };
    expect(processingUntil(off, { step: 'a', iteration: 1 })).toBe(off);
  });
});
