import { describe, expect, it } from 'vitest';
import { exportSentence } from './exportSentence';

const png = {
  id: 'png',
  title: 'PNG',
  extensions: ['png'],
  reads: true,
  writes: ['u8' as const, 'u16' as const],
  lossy: false,
};
const settings = { format: 'png', sampleType: 'u16', range: null, overwrite: 'refuse', quality: 92 } as const;
const size = { width: 640, height: 480 };
const millimetres = { unit: 'mm', fullScale: { min: 0, max: 65_535 } } as const;

describe('what will be written, in a sentence', () => {
  it('says when values are kept', () => {
    expect(exportSentence(settings, png, millimetres, size)).toBe(
      'A 640 × 480 16-bit PNG with the values as they are in mm.',
    );
  });

  it('says how values are mapped when they are not', () => {
    const range = { min: 0.5, max: 4000 };
    expect(exportSentence({ ...settings, sampleType: 'u8', range }, png, millimetres, size)).toBe(
      'A 640 × 480 8-bit PNG; 0.5…4000 mm is stored as 0…255.',
    );
  });

  it('maps nothing in floats', () => {
    const floats = { ...settings, sampleType: 'f32', range: { min: 0, max: 1 } } as const;
    expect(exportSentence(floats, png, { ...millimetres, unit: 'none' }, size)).toBe(
      'A 640 × 480 float PNG with the values themselves.',
    );
  });
});
