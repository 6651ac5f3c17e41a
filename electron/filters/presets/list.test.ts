import { describe, expect, it } from 'vitest';
import { presetSchema } from '../../contract/presets';
import { completeParameters } from '../../recipe/parameters';
import { findFilter, processingProblems } from '../../recipe/validate';
import { filters } from '../list';
import { presets } from './list';

const descriptions = filters.map(({ description }) => description);

it('presets are listed once each', () => {
  expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
});

describe.each(presets.map((preset) => [preset.id, preset] as const))('the preset %s', (_, preset) => {
  it('is written as presets are', () => {
    expect(presetSchema.parse(preset)).toEqual(preset);
    expect(preset.summary).toMatch(/\.$/);
  });

  it('can be run with the pictures it names, every parameter said', () => {
    const guidance = preset.guidanceTitle !== null;
    expect(processingProblems(preset.processing, { target: true, guidance }, descriptions)).toEqual([]);
    for (const step of preset.processing.steps) {
      const filter = findFilter(descriptions, step.filter);
      expect(step.parameters).toEqual(completeParameters(filter, step.parameters));
      expect(step.parameters).toHaveProperty(Object.keys(completeParameters(filter, {}))[0]!);
    }
  });
});
