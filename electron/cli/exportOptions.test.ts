import { describe, expect, it } from 'vitest';
import type { FormatDescription } from '../contract/engine';
import type { ExportSettings } from '../contract/recipe';
import type { SourceInfo } from '../contract/sources';
import { sourceInfo } from '../contract/standInEngine';
import { adaptExportSettings, chooseExportSettings, chooseFormat } from './exportOptions';

const format = (
  id: string,
  extensions: string[],
  writes: FormatDescription['writes'],
): FormatDescription => ({
  id,
  title: id.toUpperCase(),
  extensions,
  reads: true,
  writes,
  lossy: id === 'jpeg',
});
const png = format('png', ['png'], ['u8', 'u16']);
const tiff = format('tiff', ['tif', 'tiff'], ['u8', 'u16', 'f32']);
const jpeg = format('jpeg', ['jpg', 'jpeg'], ['u8']);
const exotic = format('exotic', ['xyz'], []);
const formats = [png, tiff, jpeg, exotic];

const map: SourceInfo = {
  ...sourceInfo,
  sampleType: 'u8',
  fullScale: { min: 0, max: 255 },
  valueRange: { min: 3, max: 200 },
  unit: 'none',
};

describe('chooseFormat', () => {
  it('goes by the extension, whatever its case, unless a format is named', () => {
    expect(chooseFormat('a/b.TIFF', undefined, formats)).toBe(tiff);
    expect(chooseFormat('b.png', 'jpg', formats)).toBe(jpeg);
    expect(chooseFormat('no-extension', 'tiff', formats)).toBe(tiff);
  });

  it.each([
    ['result', undefined, 'has no extension'],
    ['result.gif', undefined, 'does not write “gif”'],
    ['result.xyz', undefined, 'does not write “xyz”'],
    ['result.png', 'gif', 'does not write “gif”'],
  ])('refuses %s as %s', (file, wanted, message) => {
    expect(() => chooseFormat(file, wanted, formats)).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringContaining(message),
        remedy: expect.stringContaining('.png, .tif, .jpg'),
      }),
    );
  });
});

describe('chooseExportSettings', () => {
  it('writes an 8-bit map with 16 bits, and replaces nothing unasked', () => {
    expect(chooseExportSettings(map, png, {})).toEqual({
      format: 'png',
      sampleType: 'u16',
      range: null,
      quality: 92,
      overwrite: 'refuse',
    });
  });

  it('does what is asked for', () => {
    const wishes = { depth: '8', range: { min: 0, max: 100 }, quality: 50, overwrite: true };
    expect(chooseExportSettings(map, png, wishes)).toEqual({
      format: 'png',
      sampleType: 'u8',
      range: { min: 0, max: 100 },
      quality: 50,
      overwrite: 'replace',
    });
  });

  it('refuses bits the format cannot hold, and says which it can', () => {
    expect(() => chooseExportSettings(map, png, { depth: '32' })).toThrow(
      expect.objectContaining({ code: 'usage', remedy: 'It can hold 8, 16.' }),
    );
  });

  it('refuses a range for floats', () => {
    const wishes = { depth: '32', range: { min: 0, max: 1 } };
    expect(() => chooseExportSettings(map, tiff, wishes)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

describe('adaptExportSettings', () => {
  const inRecipe: ExportSettings = {
    format: 'tiff',
    sampleType: 'f32',
    range: null,
    overwrite: 'rename',
    quality: 80,
  };

  it('keeps a recipe’s settings for its own format', () => {
    expect(adaptExportSettings(inRecipe, map, tiff, false)).toEqual(inRecipe);
  });

  it('comes as near as another format allows', () => {
    expect(adaptExportSettings(inRecipe, map, png, true)).toEqual({
      format: 'png',
      sampleType: 'u16',
      range: null,
      overwrite: 'replace',
      quality: 80,
    });
  });
});
