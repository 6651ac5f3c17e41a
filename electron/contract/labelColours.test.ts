import { describe, expect, it } from 'vitest';
import { labelColour } from './labelColours';

describe('colours of labels', () => {
  it('are different ones for the 22 first labels', () => {
    const colours = Array.from({ length: 22 }, (_, label) => labelColour(label).join());
    expect(new Set(colours).size).toBe(22);
  });

  it('lie within 0…255 for every label, and come again in the same order', () => {
    for (const label of [-3, 21, 22, 255, 65_535])
      for (const level of labelColour(label)) expect(level >= 0 && level <= 255).toBe(true);
    expect(labelColour(22)).toEqual(labelColour(1));
    expect(labelColour(255)).toEqual(labelColour(255 - 21));
  });
});
