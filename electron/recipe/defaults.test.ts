import { describe, expect, it } from 'vitest';
import { recipeSchema } from '../contract/recipe';
import type { SampleType } from '../contract/sources';
import { defaultExportSettings, defaultSampleType, defaultStep, newRecipe } from './defaults';

const png = { id: 'png', writes: ['u8', 'u16'] as SampleType[] };
const tiff = { id: 'tiff', writes: ['u8', 'u16', 'f32'] as SampleType[] };
const npy = { id: 'npy', writes: ['u8', 'u16', 'f32'] as SampleType[] };
const jpeg = { id: 'jpeg', writes: ['u8'] as SampleType[] };

describe('defaults', () => {
  it('begins with a valid recipe that refuses to overwrite', () => {
    expect(recipeSchema.parse(newRecipe())).toEqual(newRecipe());
    expect(newRecipe().export.overwrite).toBe('refuse');
  });

  it('gives a step every declared default', () => {
    const step = defaultStep(
      {
        id: 'f',
        title: 'F',
        summary: '',
        guidance: 'unused',
        leastFactor: 1,
        paper: '',
        secondsPerMegapixel: 1,
        parameters: [{ kind: 'boolean', name: 'fast', title: '', summary: '', default: true }],
      },
      'a',
    );
    expect(step).toEqual({
      id: 'a',
      filter: 'f',
      enabled: true,
      parameters: { fast: true },
      iterations: 1,
      guidance: 'document',
      opacity: 1,
    });
  });

  it.each<[string, SampleType, 1 | 3, typeof png, SampleType]>([
    ['an 8-bit map gets 16 bits in PNG', 'u8', 1, png, 'u16'],
    ['an 8-bit map gets 16 bits in TIFF', 'u8', 1, tiff, 'u16'],
    ['an 8-bit photograph stays 8-bit', 'u8', 3, png, 'u8'],
    ['a 16-bit photograph stays 16-bit', 'u16', 3, tiff, 'u16'],
    ['a float map stays float', 'f32', 1, tiff, 'f32'],
    ['a float map gets the most PNG can hold', 'f32', 1, png, 'u16'],
    ['NPY holds the values themselves', 'u8', 1, npy, 'f32'],
    ['JPEG has no choice', 'u16', 1, jpeg, 'u8'],
  ])('%s', (_, sampleType, channels, format, expected) => {
    expect(defaultSampleType({ sampleType, channels }, format)).toBe(expected);
    expect(defaultExportSettings({ sampleType, channels }, format)).toMatchObject({
      format: format.id,
      sampleType: expected,
      range: null,
    });
  });

  it('keeps the labels of class maps as they were stored', () => {
    const labels = { sampleType: 'u8', channels: 1 } as const;
    expect(defaultSampleType(labels, png, 'classes')).toBe('u8');
    expect(defaultSampleType({ ...labels, sampleType: 'u16' }, tiff, 'classes')).toBe('u16');
    expect(defaultExportSettings(labels, tiff, 'classes')).toMatchObject({
      sampleType: 'u8',
      range: { min: 0, max: 255 },
    });
    expect(defaultSampleType(labels, npy, 'classes')).toBe('f32');
  });
});
