import { describe, expect, it } from 'vitest';
import { filterById } from '../filters/list';
import { commaList, numberIn, parseRange, parseSettings } from './options';

const guided = filterById('guided-filter').description;

describe('options', () => {
  it('reads settings by the declaration of the filter', () => {
    expect(parseSettings(guided, ['radius=16', 'epsilon=1e-4'])).toEqual({ radius: 16, epsilon: 0.0001 });
    expect(parseSettings(guided, [])).toEqual({});
  });

  it('takes the last of settings given twice', () => {
    expect(parseSettings(guided, ['radius=2', 'radius=4'])).toEqual({ radius: 4 });
  });

  it.each([
    ['radius', 'usage'],
    ['=3', 'usage'],
    ['radius=wide', 'parameter-invalid'],
    ['radius=1000', 'parameter-invalid'],
    ['sharpness=1', 'parameter-invalid'],
  ])('refuses --set %s as %s', (setting, code) => {
    expect(() => parseSettings(guided, [setting])).toThrow(expect.objectContaining({ code }));
  });

  it('reads ranges, negative ones too', () => {
    expect(parseRange('0:255')).toEqual({ min: 0, max: 255 });
    expect(parseRange('-1.5:2e3')).toEqual({ min: -1.5, max: 2000 });
  });

  it.each(['', ':', '0:', '5', '5:5', '9:1', '0:1:2', 'a:b', '0:Infinity'])(
    'refuses the range “%s”',
    (text) => {
      expect(() => parseRange(text)).toThrow(expect.objectContaining({ code: 'usage' }));
    },
  );

  it('reads numbers between two ends', () => {
    const quality = numberIn('--quality', { min: 1, max: 100 }, true);
    expect(quality('100')).toBe(100);
    for (const text of ['0', '101', '7.5', '', 'high'])
      expect(() => quality(text)).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(numberIn('--opacity', { min: 0, max: 1 }, false)('0.25')).toBe(0.25);
  });

  it('reads lists', () => {
    expect(commaList('4, 8,,16 ')).toEqual(['4', '8', '16']);
  });
});
